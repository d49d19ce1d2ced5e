import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import {
  bytesToHex,
  checksumAddress,
  encodeId,
  type Hex,
  mainnet,
  utf8ToBytes,
} from '@snetkit/core';
import { type Abi, encodeDeployData, encodeFunctionData } from 'viem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { groupId, startTestChain, type TestChain } from '../test/test-chain.ts';
import {
  discoverChannels,
  getChannel,
  getEscrowToken,
  getOrganization,
  getService,
  listOrganizations,
  listServices,
  waitForReceipt,
} from './index.ts';

const require = createRequire(import.meta.url);
const generations = ['0.3.4', '0.3.0'] as const;
const read = (generation: string, path: string) => {
  const file = require.resolve(`platform-contracts-${generation}/${path}.json`);
  return JSON.parse(readFileSync(file, 'utf8'));
};

let chain: TestChain;
beforeAll(async () => {
  chain = await startTestChain();
});
afterAll(() => chain[Symbol.asyncDispose]());

test.each(generations)('default: the table says what npm %s says', (generation) => {
  const stand = mainnet.formerStands?.find((one) => one.generation === generation);
  const [escrow, registry] = ['MultiPartyEscrow', 'Registry'].map(
    (name) => read(generation, `networks/${name}`)['1'],
  );
  expect(stand).toMatchObject({
    readOnly: true,
    multiPartyEscrow: checksumAddress(escrow.address),
    deploymentTransaction: escrow.transactionHash,
    registry: checksumAddress(registry.address),
    registryDeploymentTransaction: registry.transactionHash,
  });
});

/** The contracts of an older generation, from the bytecode of its time. */
async function deployFormer(generation: string) {
  const { client, payer, send, token } = chain;
  const transact = async (fields: object) => {
    const hash = (await send('eth_sendTransaction', { from: payer.address, ...fields })) as Hex;
    const receipt = await waitForReceipt(client, { hash });
    expect(receipt.status).toBe('success');
    const { contractAddress } = (await send('eth_getTransactionReceipt', hash)) as {
      contractAddress: Hex | null;
    };
    return { contractAddress: checksumAddress(contractAddress ?? token) };
  };
  const deploy = async (name: string, args: readonly unknown[]) => {
    const [abi, bytecode] = [read(generation, `abi/${name}`), read(generation, `bytecode/${name}`)];
    const { contractAddress: address } = await transact({
      data: encodeDeployData({ abi: abi as Abi, bytecode, args }),
    });
    const call = (functionName: string, ...values: unknown[]) =>
      transact({ to: address, data: encodeFunctionData({ abi, functionName, args: values }) });
    return { address, call };
  };
  const [escrow, registry] = [
    await deploy('MultiPartyEscrow', [token]),
    await deploy('Registry', []),
  ];
  return { escrow, registry };
}

describe.each(generations)('generation %s, from its own bytecode', (generation) => {
  test('default: channels are found and read', async () => {
    const { client, payer, provider, token } = chain;
    const { escrow } = await deployFormer(generation);
    const mpe = escrow.address;
    await escrow.call('openChannel', payer.address, provider.address, groupId, 0n, 77n);
    expect(await getEscrowToken(client, { mpe })).toBe(token);
    const found: bigint[] = [];
    const search = { mpe, sender: payer.address, recipient: provider.address, fromBlock: 0n };
    for await (const { cursor } of discoverChannels(client, search)) {
      found.push(...cursor.channelIds);
    }
    expect(found).toEqual([0n]);
    expect(await getChannel(client, { mpe, channelId: 0n })).toMatchObject({
      sender: payer.address,
      recipient: provider.address,
      groupId,
      expiration: 77n,
    });
  });

  test('default: organizations and services are listed and read', async () => {
    const { client, payer, provider } = chain;
    const { registry } = await deployFormer(generation);
    const [organizationId, serviceId] = ['acme', 'talk'];
    const uri = `ipfs://Qm${'a'.repeat(44)}`;
    // What is the metadata URI now was the name once.
    const name = generation === '0.3.0' ? 'Acme' : bytesToHex(utf8ToBytes(uri));
    await registry.call('createOrganization', encodeId(organizationId), name, [provider.address]);
    const service = [encodeId(organizationId), encodeId(serviceId)];
    const metadata = bytesToHex(utf8ToBytes(uri));
    await registry.call('createServiceRegistration', ...service, metadata, []);
    const ids = { registry: registry.address, organizationId };
    expect(await listOrganizations(client, ids)).toEqual([organizationId]);
    expect(await listServices(client, ids)).toEqual([serviceId]);
    expect(await getOrganization(client, ids)).toEqual({
      organizationId,
      metadataUri: generation === '0.3.0' ? 'Acme' : uri,
      owner: payer.address,
      members: [provider.address],
      serviceIds: [serviceId],
    });
    expect((await getService(client, { ...ids, serviceId }))?.metadataUri).toBe(uri);
  });
});
