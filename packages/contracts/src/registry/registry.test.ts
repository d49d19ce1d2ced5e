import { encodeId, type Hex } from '@snetkit/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { failure } from '../../test/failure.ts';
import { startTestChain, type TestChain } from '../../test/test-chain.ts';
import { expectedRevert, vectors } from '../../test/vectors.ts';
import {
  addOrganizationMembers,
  changeOrganizationOwner,
  createOrganization,
  createService,
  deleteOrganization,
  deleteService,
  getOrganization,
  getOrganizations,
  getService,
  getServices,
  listOrganizations,
  listServices,
  readContract,
  registryContract,
  removeOrganizationMembers,
  sendContractTransaction,
  supportsRegistry,
  updateOrganization,
  updateService,
} from '../index.ts';

let chain: TestChain;
let registry: Hex;
beforeAll(async () => {
  chain = await startTestChain({ multicall: true });
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

describe('owner and members', () => {
  const ids = () => ({ registry, organizationId: 'people' });
  const read = () => getOrganization(chain.client, ids());
  beforeAll(async () => {
    await createOrganization(chain.client, chain.payer, { ...ids(), metadataUri });
  });

  test('default: members come and go, once each', async () => {
    const { client, payer, provider, delegate } = chain;
    const both = [provider.address, delegate.address];
    await addOrganizationMembers(client, payer, { ...ids(), members: [...both, ...both] });
    expect((await read())?.members).toEqual(both);
    // A member may take others off, and is in the list no more than once after all.
    const members = [provider.address, payer.address];
    await removeOrganizationMembers(client, delegate, { ...ids(), members });
    expect((await read())?.members).toEqual([delegate.address]);
    await removeOrganizationMembers(client, payer, { ...ids(), members: [delegate.address] });
    expect((await read())?.members).toEqual([]);
  });

  test('default: another owner', async () => {
    const { client, payer, provider } = chain;
    await changeOrganizationOwner(client, payer, { ...ids(), owner: provider.address });
    expect((await read())?.owner).toBe(provider.address);
    const back = { ...ids(), owner: payer.address };
    const error = await failure(changeOrganizationOwner(client, payer, back));
    expect([error.shortMessage, error.hint]).toEqual([
      'Registry.changeOrganizationOwner reverts: unauthorized invocation',
      'send it from the owner (for services: or a member) of the organization',
    ]);
    await changeOrganizationOwner(client, provider, back);
  });

  test('error: strangers, and organizations that are not there', async () => {
    const { client, payer, delegate } = chain;
    const members = [delegate.address];
    const changes = { addOrganizationMembers, removeOrganizationMembers };
    for (const [name, change] of Object.entries(changes)) {
      const foreign = await failure(change(client, delegate, { ...ids(), members }));
      expect(foreign.shortMessage).toBe(`Registry.${name} reverts: unauthorized invocation`);
      // Whether it exists is looked at before who asks.
      const none = { registry, organizationId: 'nobody', members };
      const missing = await failure(change(client, delegate, none));
      expect(missing.shortMessage).toBe(`Registry.${name} reverts: org does not exist`);
    }
    const long = { registry, organizationId: 'x'.repeat(33), members };
    expect((await failure(addOrganizationMembers(client, payer, long))).code).toBe('ID_INVALID');
  });
});

describe('many at once', () => {
  const serviceIds = ['one', 'two', 'three'];
  beforeAll(async () => {
    const { client, payer } = chain;
    await createOrganization(client, payer, { registry, organizationId: 'many', metadataUri });
    for (const id of serviceIds) {
      const service = { registry, organizationId: 'many', serviceId: id, metadataUri };
      await createService(client, payer, service);
    }
  });

  test('default: listServices; the last one takes the place of one that is deleted', async () => {
    const { client, payer } = chain;
    const organization = { registry, organizationId: 'many' };
    expect(await listServices(client, organization)).toEqual(serviceIds);
    await deleteService(client, payer, { ...organization, serviceId: 'one' });
    expect(await listServices(client, organization)).toEqual(['three', 'two']);
    expect(await listServices(client, { registry, organizationId: 'nobody' })).toBeUndefined();
    await createService(client, payer, { ...organization, serviceId: 'one', metadataUri });
  });

  test('default: getOrganizations, ids that are no text and metadata that is none among them', async () => {
    const { client, payer } = chain;
    const strange = `0xfe${'00'.repeat(31)}` as const;
    for (const args of [
      [strange, '0x', []],
      [encodeId('bad uri'), '0xfe', []],
    ] as const) {
      const call = registryContract.write('createOrganization', args);
      await sendContractTransaction(client, payer, { address: registry, call });
    }
    const organizationIds = ['many', 'nobody', strange, 'bad uri'];
    expect(await listOrganizations(client, { registry })).toEqual(
      expect.arrayContaining(['many', strange, 'bad uri']),
    );
    const [many, nobody, hex, bad] = await getOrganizations(client, { registry, organizationIds });
    expect(many).toEqual({
      status: 'success',
      result: await getOrganization(client, { registry, organizationId: 'many' }),
    });
    expect(nobody).toEqual({ status: 'success', result: undefined });
    expect(hex).toMatchObject({ status: 'success', result: { organizationId: strange } });
    expect(bad).toMatchObject({
      status: 'failure',
      error: {
        shortMessage: 'The metadata URI in the registry is not text.',
        place: `organization bad uri in ${registry}`,
      },
    });
    expect(await listServices(client, { registry, organizationId: strange })).toEqual([]);
  });

  test('default: getServices', async () => {
    const { client } = chain;
    const services = [
      { organizationId: 'many', serviceId: 'two' },
      { organizationId: 'many', serviceId: 'four' },
      { organizationId: 'nobody', serviceId: 'two' },
    ];
    expect(await getServices(client, { registry, services })).toEqual([
      { status: 'success', result: { ...services[0], metadataUri } },
      { status: 'success', result: undefined },
      { status: 'success', result: undefined },
    ]);
  });

  test('error: an id that is none, before anything is asked', async () => {
    const { client } = chain;
    const organizationIds = ['many', ''];
    const error = await failure(getOrganizations(client, { registry, organizationIds }));
    expect(error.message).toBe(
      [
        'The id cannot be written to the registry.',
        'Expected: 1 to 32 bytes of UTF-8 text without NUL characters',
        'Found: "", 0 bytes of UTF-8',
      ].join('\n'),
    );
  });
});

test('default: supportsRegistry', async () => {
  const { client, mpe, payer } = chain;
  expect(await supportsRegistry(client, { registry })).toBe(true);
  expect((await failure(supportsRegistry(client, { registry: mpe }))).code).toBe(
    'CONTRACT_REVERTED',
  );
  expect((await failure(supportsRegistry(client, { registry: payer.address }))).code).toBe(
    'CONTRACT_MISSING',
  );
});

test('behavior: the zero id is accepted by the contract, is unusable, and never made by us', async () => {
  expect(expectedRevert('zero org id')).toBe('(no revert)');
  const { client, payer } = chain;
  const zero = `0x${'00'.repeat(32)}` as const;
  const call = registryContract.write('createOrganization', [zero, '0x', []]);
  await sendContractTransaction(client, payer, { address: registry, call });
  const [found] = await getOrganizations(client, { registry, organizationIds: [zero] });
  expect(found).toEqual({ status: 'success', result: undefined });
  for (const organizationId of ['', '\0'.repeat(3)]) {
    const created = createOrganization(client, payer, { registry, organizationId, metadataUri });
    expect((await failure(created)).code).toBe('ID_INVALID');
  }
});

test.each(vectors.registry_encoding.ids)('vectors: the id $text', async ({ text, bytes32 }) => {
  const { client, payer } = chain;
  await createOrganization(client, payer, { registry, organizationId: text, metadataUri });
  const call = registryContract.read('getOrganizationById', [bytes32]);
  const [found, id] = await readContract(client, { address: registry, call });
  expect([found, id]).toEqual([true, bytes32]);
  expect(await listOrganizations(client, { registry })).toContain(text);
});

test.each(vectors.registry_encoding.metadata_uri)('vectors: $uri', async (vector) => {
  const { client, payer } = chain;
  const organizationId = `org ${vector.ascii_length}`;
  const created = { registry, organizationId, metadataUri: vector.uri };
  await createOrganization(client, payer, created);
  const call = registryContract.read('getOrganizationById', [encodeId(organizationId)]);
  const [, , written] = await readContract(client, { address: registry, call });
  expect(written).toBe(vector.cli_bytes);
  // What the JavaScript SDK has written in its own way is read all the same.
  const bytes = registryContract.write('changeOrganizationMetadataURI', [
    encodeId(organizationId),
    vector.js_web_bytes,
  ]);
  await sendContractTransaction(client, payer, { address: registry, call: bytes });
  const organization = await getOrganization(client, { registry, organizationId });
  expect(organization?.metadataUri).toBe(vector.uri);
});
