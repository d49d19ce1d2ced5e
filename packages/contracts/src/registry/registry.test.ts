import { encodeId, type Hex } from '@snetkit/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { failure } from '../../test/failure.ts';
import { startTestChain, type TestChain } from '../../test/test-chain.ts';
import { expectedRevert } from '../../test/vectors.ts';
import {
  createOrganization,
  createService,
  deleteOrganization,
  deleteService,
  getOrganization,
  getService,
  listOrganizations,
  registryContract,
  sendContractTransaction,
  updateOrganization,
  updateService,
} from '../index.ts';

let chain: TestChain;
let registry: Hex;
beforeAll(async () => {
  chain = await startTestChain();
  registry = chain.registry;
});
afterAll(() => chain[Symbol.asyncDispose]());

const uri = (letter: string) => `ipfs://Qm${letter.repeat(44)}`;
const metadataUri = uri('a');
const organizationId = 'snet';
const serviceId = 'Exampleservice';

describe('organizations', () => {
  test('default: create, read, update, list, delete', async () => {
    const { client, payer, provider } = chain;
    expect(await getOrganization(client, { registry, organizationId })).toBeUndefined();
    const members = [provider.address];
    await createOrganization(client, payer, { registry, organizationId, metadataUri, members });
    expect(await getOrganization(client, { registry, organizationId })).toEqual({
      organizationId,
      metadataUri,
      owner: payer.address,
      members,
      serviceIds: [],
    });
    const changed = { registry, organizationId, metadataUri: uri('b') };
    await updateOrganization(client, payer, changed);
    const organization = await getOrganization(client, { registry, organizationId });
    expect(organization?.metadataUri).toBe(uri('b'));
    expect(await listOrganizations(client, { registry })).toEqual([organizationId]);
    await deleteOrganization(client, payer, { registry, organizationId });
    expect(await listOrganizations(client, { registry })).toEqual([]);
  });

  test('behavior: ids that are no text stay hexadecimal and hide nothing', async () => {
    const { client, payer } = chain;
    const id = `0xff${'00'.repeat(31)}` as const;
    const call = registryContract.write('createOrganization', [id, '0x', []]);
    await sendContractTransaction(client, payer, { address: registry, call });
    expect(await listOrganizations(client, { registry })).toEqual([id]);
  });

  test('error: what the registry refuses', async () => {
    const { client, payer, provider, delegate } = chain;
    const organization = { registry, organizationId: 'twice', metadataUri };
    const members = [provider.address];
    await createOrganization(client, payer, { ...organization, members });
    const cases = {
      'org exists': () => createOrganization(client, provider, organization),
      'not authorised': () => deleteOrganization(client, delegate, organization),
      'member changes org uri': () => updateOrganization(client, provider, organization),
      'no org': () => deleteOrganization(client, payer, { registry, organizationId: 'nobody' }),
    };
    for (const [name, sent] of Object.entries(cases)) {
      const { shortMessage, code } = await failure(sent());
      expect([name, code]).toEqual([name, 'CONTRACT_REVERTED']);
      expect(shortMessage.replace(/^Registry\.\w+ reverts: /, '')).toBe(expectedRevert(name));
    }
  });

  test('error: a metadata URI that is no text', async () => {
    const { client, payer } = chain;
    const call = registryContract.write('createOrganization', [encodeId('bytes'), '0xff', []]);
    await sendContractTransaction(client, payer, { address: registry, call });
    const error = await failure(getOrganization(client, { registry, organizationId: 'bytes' }));
    expect(error.message).toBe(
      [
        'The metadata URI in the registry is not text.',
        `Place: organization bytes in ${registry}`,
      ].join('\n'),
    );
  });

  test('error: arguments are checked before anything is asked', async () => {
    const { client, payer } = chain;
    const long = { registry, organizationId: 'x'.repeat(33), metadataUri };
    expect((await failure(createOrganization(client, payer, long))).code).toBe('ID_INVALID');
    const bad = { registry, organizationId, metadataUri: 'https://example.com' };
    expect((await failure(createOrganization(client, payer, bad))).code).toBe(
      'STORAGE_URI_INVALID',
    );
  });
});

describe('services', () => {
  beforeAll(async () => {
    const { client, payer, provider } = chain;
    const members = [provider.address];
    const organization = { registry, organizationId: 'services', metadataUri, members };
    await createOrganization(client, payer, organization);
  });

  test('default: create by a member, read, update, delete', async () => {
    const { client, provider } = chain;
    const ids = { registry, organizationId: 'services', serviceId };
    expect(await getService(client, ids)).toBeUndefined();
    await createService(client, provider, { ...ids, metadataUri });
    expect(await getService(client, ids)).toEqual({
      organizationId: 'services',
      serviceId,
      metadataUri,
    });
    const organization = await getOrganization(client, ids);
    expect(organization?.serviceIds).toEqual([serviceId]);
    await updateService(client, provider, { ...ids, metadataUri: uri('c') });
    expect((await getService(client, ids))?.metadataUri).toBe(uri('c'));
    await deleteService(client, provider, ids);
    expect(await getService(client, ids)).toBeUndefined();
  });

  test('behavior: of an organization that does not exist', async () => {
    const ids = { registry, organizationId: 'nobody', serviceId };
    expect(await getService(chain.client, ids)).toBeUndefined();
  });

  test('error: what the registry refuses', async () => {
    const { client, payer } = chain;
    const ids = { registry, organizationId: 'services', serviceId: 'once' };
    await createService(client, payer, { ...ids, metadataUri });
    const missing = { ...ids, serviceId: 'never', metadataUri };
    const cases = {
      'svc exists': () => createService(client, payer, { ...ids, metadataUri }),
      'svc missing': () => updateService(client, payer, missing),
    };
    for (const [name, sent] of Object.entries(cases)) {
      const { shortMessage } = await failure(sent());
      expect(shortMessage.replace(/^Registry\.\w+ reverts: /, '')).toBe(expectedRevert(name));
    }
  });
});

test('behavior: the zero id is accepted by the contract, and never made by us', async () => {
  expect(expectedRevert('zero org id')).toBe('(no revert)');
  const { client, payer } = chain;
  const error = await failure(
    createOrganization(client, payer, { registry, organizationId: '', metadataUri }),
  );
  expect(error.code).toBe('ID_INVALID');
});
