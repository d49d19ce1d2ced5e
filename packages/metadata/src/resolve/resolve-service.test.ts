import { sameAddress } from '@snetkit/core';
import { describe, expect, test } from 'vitest';
import { catchError } from '../../test/catch-error.ts';
import { organizationText, serviceText } from '../../test/documents.ts';
import { startKubo } from '../../test/start-kubo.ts';
import type { Change } from '../../test/vectors.ts';
import { packProtoArchive } from '../archives/pack-proto-archive.ts';
import type { ContentSource } from '../content/content-source.ts';
import { encodeFile } from '../content/encode-file.ts';
import { mapSource } from '../content/map-source.ts';
import { kuboSource } from '../storage/kubo-source.ts';
import { type ResolveServiceOptions, resolveService } from './resolve-service.ts';

const protos = new Map([
  ['example.proto', 'syntax = "proto3";\nimport "sub/numbers.proto";\n'],
  ['sub/numbers.proto', 'syntax = "proto3";\npackage sub;\n'],
]);

const expectedMpe = '0x7E0aF8988DF45B824b2E0e0A87c6196897744970';

/** A published service: all blocks of its content, and the options to find it. */
async function publish(
  changes: { service?: Change[]; organization?: Change[]; archive?: Uint8Array } = {},
) {
  const blocks = new Map<string, Uint8Array>();
  const add = async (content: string | Uint8Array) => {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    const encoded = await encodeFile(bytes);
    for (const [cid, block] of encoded.blocks) blocks.set(cid, block);
    return encoded.cid;
  };
  const archive = await add(changes.archive ?? (await packProtoArchive(protos)));
  const source = { path: '/service_api_source', value: `ipfs://${archive}` };
  const organization = await add(organizationText(...(changes.organization ?? [])));
  const service = await add(serviceText(source, ...(changes.service ?? [])));
  const options = {
    lookup: {
      getOrganizationUri: async (id) => (id === 'org' ? `ipfs://${organization}` : undefined),
      getServiceUri: async (_, id) => (id === 'svc' ? `ipfs://${service}` : undefined),
    },
    content: mapSource(blocks),
    organizationId: 'org',
    serviceId: 'svc',
    expectedMpe,
  } satisfies ResolveServiceOptions;
  return { blocks, cids: { archive, organization, service }, options };
}

test('default', async () => {
  const { cids, options } = await publish();
  const resolved = await resolveService(options);
  expect(resolved.protoFiles).toEqual(protos);
  expect(resolved).toMatchObject({
    organizationId: 'org',
    serviceId: 'svc',
    organizationUri: `ipfs://${cids.organization}`,
    serviceUri: `ipfs://${cids.service}`,
    apiSource: `ipfs://${cids.archive}`,
    organization: { organizationName: 'Snet_test' },
    service: { displayName: 'Example service' },
    group: { groupName: 'default_group', paymentExpirationThreshold: 40320n },
  });
});

describe('error: one byte changed in the content store', async () => {
  const { blocks, cids, options } = await publish();

  test.each(Object.entries(cids))('%s', async (_, cid) => {
    const changed = new Map(blocks);
    const block = Uint8Array.from(blocks.get(cid) ?? []);
    block[40] = (block[40] ?? 0) ^ 1;
    changed.set(cid, block);
    await using kubo = await startKubo(changed);
    const content = kuboSource({ endpoint: kubo.url });
    const error = await catchError(() => resolveService({ ...options, content }));
    expect(error.code).toBe('CONTENT_MISMATCH');
    expect(error.shortMessage).toBe(`Content of ${cid} from ${kubo.url} does not match its CID.`);
  });

  test('none', async () => {
    await using kubo = await startKubo(blocks);
    const content = kuboSource({ endpoint: kubo.url });
    expect((await resolveService({ ...options, content })).protoFiles).toEqual(protos);
  });
});

test.each([
  [{ organizationId: 'Org' }, 'The organization "Org" is not registered.'],
  [{ serviceId: 'Svc' }, 'The service "org/Svc" is not registered.'],
])('error: %j', async (ids, message) => {
  const { options } = await publish();
  const error = await catchError(() => resolveService({ ...options, ...ids }));
  expect(error.code).toBe('NOT_REGISTERED');
  expect(error.message).toBe(
    `${message}\nFix: Check the ids, letter case included, and the network.`,
  );
});

test('error: another escrow contract', async () => {
  const { cids, options } = await publish();
  const other = '0x5e592F9b1d303183d963635f895f0f0C48284f4e';
  const error = await catchError(() => resolveService({ ...options, expectedMpe: other }));
  expect(error.code).toBe('MPE_ADDRESS_MISMATCH');
  expect(error.message).toBe(`The service uses another escrow contract.
Place: ipfs://${cids.service}, /mpe_address
Expected: ${other}
Found: ${expectedMpe}
Fix: Check that this is the right network; never pay into a contract that only the document names.`);
});

test('behavior: the escrow address is compared without regard to letter case', async () => {
  const value = expectedMpe.toLowerCase();
  const { options } = await publish({ service: [{ path: '/mpe_address', value }] });
  const { service } = await resolveService(options);
  expect(sameAddress(service.mpeAddress as typeof expectedMpe, expectedMpe)).toBe(true);
});

test.each(['', 'nonsense'])('error: escrow address "%s"', async (value) => {
  const { cids, options } = await publish({ service: [{ path: '/mpe_address', value }] });
  const error = await catchError(() => resolveService(options));
  expect(error.code).toBe('METADATA_INVALID');
  expect(error.place).toBe(`ipfs://${cids.service}, /mpe_address`);
});

describe('args: limits', () => {
  test('maxPrice', async () => {
    const { cids, options } = await publish();
    await resolveService({ ...options, limits: { maxPrice: 1n } });
    const error = await catchError(() => resolveService({ ...options, limits: { maxPrice: 0n } }));
    expect(error.code).toBe('PRICE_ABOVE_LIMIT');
    expect(error.message).toBe(`The service costs more than the limit allows.
Place: ipfs://${cids.service}
Expected: at most 0 cogs a call
Found: 1 cogs
Fix: Raise the maximum price, or use another service.`);
  });

  test('maxPrice, for a price list: one affordable method is enough', async () => {
    const method_pricing = [
      { method_name: 'dear', price_in_cogs: 90 },
      { method_name: 'cheap', price_in_cogs: 5 },
    ];
    const value = {
      default: true,
      price_model: 'fixed_price_per_method',
      package_name: 'p',
      details: [{ service_name: 'S', method_pricing }],
    };
    const { options } = await publish({ service: [{ path: '/groups/0/pricing/0', value }] });
    await resolveService({ ...options, limits: { maxPrice: 5n } });
    const error = await catchError(() => resolveService({ ...options, limits: { maxPrice: 4n } }));
    expect(error.found).toBe('from 5 cogs');
  });

  test('maxThreshold', async () => {
    const { cids, options } = await publish();
    await resolveService({ ...options, limits: { maxThreshold: 40320n } });
    const error = await catchError(() =>
      resolveService({ ...options, limits: { maxThreshold: 40319n } }),
    );
    expect(error.code).toBe('THRESHOLD_ABOVE_LIMIT');
    expect(error.message).toBe(`The service locks funds longer than the limit.
Place: ipfs://${cids.organization}
Expected: a threshold of at most 40319 blocks
Found: 40320 blocks
Fix: Raise the maximum threshold, or use another service.`);
  });
});

test('args: groupName', async () => {
  const { options } = await publish();
  const error = await catchError(() => resolveService({ ...options, groupName: 'eu' }));
  expect(error.code).toBe('SERVICE_GROUP_UNKNOWN');
});

test('args: content, a source for each scheme', async () => {
  const { blocks, cids, options } = await publish();
  const filecoin: ContentSource = mapSource(blocks, { name: 'lighthouse' });
  const getServiceUri = async () => `filecoin://${cids.service}`;
  const lookup = { ...options.lookup, getServiceUri };
  const content = { ipfs: options.content, filecoin };
  expect((await resolveService({ ...options, lookup, content })).serviceUri).toBe(
    `filecoin://${cids.service}`,
  );
  const error = await catchError(() => resolveService({ ...options, lookup }));
  expect(error.code).toBe('CONTENT_SOURCE_MISSING');
  expect(error.message).toBe(`No source for filecoin:// content is set up.
Place: filecoin://${cids.service}
Expected: a content source for filecoin, which is a Lighthouse gateway
Found: sources for ipfs
Fix: Configure one, or ask the provider to publish on IPFS.`);
});

test('error: an archive that must not be unpacked names its CID and provider', async () => {
  const { cids, options } = await publish({ archive: new Uint8Array(2048).fill(1) });
  const error = await catchError(() => resolveService(options));
  expect(error.code).toBe('ARCHIVE_INVALID');
  expect(error.shortMessage).toBe('The proto archive is damaged.');
  expect(error.place).toBe(`ipfs://${cids.archive} from memory, byte 0`);
});

test('args: archiveLimits', async () => {
  const { options } = await publish();
  const archiveLimits = { maxEntries: 1 };
  const error = await catchError(() => resolveService({ ...options, archiveLimits }));
  expect(error.code).toBe('ARCHIVE_TOO_LARGE');
});

test('error: a document that is not text', async () => {
  const { options, blocks } = await publish();
  const odd = await encodeFile(Uint8Array.of(0x7b, 0xff, 0x7d));
  const getServiceUri = async () => `ipfs://${odd.cid}`;
  const lookup = { ...options.lookup, getServiceUri };
  const content = mapSource(new Map([...blocks, ...odd.blocks]));
  const error = await catchError(() => resolveService({ ...options, lookup, content }));
  expect(error.message).toBe(`The bytes are not UTF-8 text.\nPlace: ipfs://${odd.cid} from memory`);
});

test('args: signal and timeoutMs end a lookup that hangs', async () => {
  const { options } = await publish();
  const signals: AbortSignal[] = [];
  const getServiceUri: typeof options.lookup.getServiceUri = (_org: string, _id: string) =>
    new Promise<never>(() => {});
  const getOrganizationUri = (_: string, { signal }: { signal: AbortSignal }) => {
    signals.push(signal);
    return new Promise<never>(() => {});
  };
  const lookup = { getOrganizationUri, getServiceUri };
  const error = await catchError(() => resolveService({ ...options, lookup, timeoutMs: 5 }));
  expect(error.message).toBe('Resolving the service org/svc took longer than 5 ms.');
  const signal = AbortSignal.abort();
  const aborted = await catchError(() => resolveService({ ...options, lookup, signal }));
  expect(aborted.message).toBe('Resolving the service org/svc was cancelled.');
  expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
});
