import { startAnvil } from '@snetkit/anvil';
import { createChainClient, getOrganization, getService } from '@snetkit/contracts';
import { type JsonObject, parseGroupId } from '@snetkit/core';
import { getPrice, kuboSource, resolveService } from '@snetkit/metadata';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deriveTestAccount } from './accounts.ts';
import { type ContentStore, startContentStore } from './content-store/start-content-store.ts';
import { type ContractAddresses, deployContracts } from './contracts/deploy-contracts.ts';
import { readExampleProtos } from './example-service/read-example-protos.ts';
import { publishService } from './publish-service.ts';

const owner = deriveTestAccount(1);
const [organizationId, serviceId] = ['org', 'service'];
let anvil: Awaited<ReturnType<typeof startAnvil>>;
let content: ContentStore;
let contracts: ContractAddresses;

beforeAll(async () => {
  [anvil, content] = await Promise.all([startAnvil(), startContentStore()]);
  contracts = await deployContracts({ rpcUrl: anvil.rpcUrl });
});

afterAll(async () => {
  await Promise.all([anvil?.stop(), content?.stop()]);
});

async function publish(options: Partial<Parameters<typeof publishService>[0]> = {}) {
  return publishService({
    rpcUrl: anvil.rpcUrl,
    contracts,
    content,
    owner,
    organizationId,
    serviceId,
    protos: await readExampleProtos(),
    endpoints: ['http://127.0.0.1:7000'],
    ...options,
  });
}

async function resolve() {
  const client = createChainClient({ rpcUrl: anvil.rpcUrl });
  const { registry, mpe } = contracts;
  return resolveService({
    lookup: {
      getOrganizationUri: async () =>
        (await getOrganization(client, { registry, organizationId }))?.metadataUri,
      getServiceUri: async () =>
        (await getService(client, { registry, organizationId, serviceId }))?.metadataUri,
    },
    content: kuboSource({ endpoint: content.url }),
    organizationId,
    serviceId,
    expectedMpe: mpe,
  });
}

test('default: what is published is found through the registry, every byte checked', async () => {
  const published = await publish();
  const { group, protoFiles, organizationUri, serviceUri, apiSource } = await resolve();
  expect({ organizationUri, serviceUri, apiSource }).toEqual({
    organizationUri: published.organizationUri,
    serviceUri: published.serviceUri,
    apiSource: published.apiSource,
  });
  expect(group).toMatchObject({
    groupName: 'default_group',
    groupId: parseGroupId(published.groupId),
    endpoints: ['http://127.0.0.1:7000'],
    paymentAddress: owner.address,
    paymentExpirationThreshold: 100n,
  });
  expect(getPrice(group.pricing, '/text.v1.TextService/Detect')).toBe(10n ** 15n);
  expect(protoFiles).toEqual(await readExampleProtos());
  expect([...protoFiles.keys()]).toEqual([
    'text/v1/common/language.proto',
    'text/v1/text_service.proto',
    'text/v1/trial/fault.proto',
  ]);
});

test('args: free calls, and who signs their tokens', async () => {
  const signer = deriveTestAccount(7).address;
  await publish({ freeCalls: { calls: 3, signer } });
  expect((await resolve()).group).toMatchObject({ freeCalls: 3, freeCallSignerAddress: signer });
});

test('behavior: publishing again replaces the documents', async () => {
  const { groupId } = await publish();
  const endpoints = ['http://127.0.0.1:7001', 'https://example.org:7002'];
  await publish({
    groupId,
    endpoints,
    price: 5n * 10n ** 18n,
    paymentExpirationThreshold: 40_320n,
    paymentAddress: deriveTestAccount(4).address,
  });
  const { group } = await resolve();
  expect(group).toMatchObject({
    groupId: parseGroupId(groupId),
    endpoints,
    paymentAddress: deriveTestAccount(4).address,
    paymentExpirationThreshold: 40_320n,
  });
  expect(getPrice(group.pricing, '/any.Service/Method')).toBe(5n * 10n ** 18n);
});

test('behavior: the documents have what the validator of the official CLI requires, but an etcd', async () => {
  await publish();
  const { organization, service } = await resolve();
  expect(Object.keys(service.document)).toEqual(
    expect.arrayContaining(['display_name', 'encoding', 'service_type', 'mpe_address', 'groups']),
  );
  expect(service.document).toMatchObject({ version: 1, model_ipfs_hash: '' });
  expect(service.document['contributors']).toEqual([{ name: 'Local network', email_id: '' }]);
  const [serviceGroup] = service.document['groups'] as JsonObject[];
  expect(serviceGroup?.['daemon_addresses']).toEqual([owner.address]);
  expect(Object.keys(organization.document).sort()).toEqual(
    ['assets', 'contacts', 'description', 'groups', 'org_id', 'org_name', 'org_type'].sort(),
  );
  const [group] = organization.document['groups'] as JsonObject[];
  expect(group?.['payment']).toMatchObject({
    payment_channel_storage_type: 'etcd',
    payment_channel_storage_client: {
      connection_timeout: '7s',
      request_timeout: '5s',
      endpoints: [],
    },
  });
});

test('behavior: a document that was changed in the store is not believed', async () => {
  const { serviceUri } = await publish();
  const cid = serviceUri.replace('ipfs://', '');
  const block = Buffer.from(content.blocks.get(cid) ?? []);
  const text = block.toString('latin1').replace('1000000000000000', '9000000000000000');
  content.blocks.set(cid, Buffer.from(text, 'latin1'));
  await expect(resolve()).rejects.toThrow(cid);
});
