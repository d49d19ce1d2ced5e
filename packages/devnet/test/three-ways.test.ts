// Metadata by file, by storage URI and by name (seed 003), on a network with real contracts.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createChainClient,
  getOrganization,
  getService,
  privateKeySigner,
  updateService,
} from '@snetkit/contracts';
import { BaseError, type JsonObject } from '@snetkit/core';
import {
  createContentSources,
  describeOrigin,
  fetchContent,
  kuboStore,
  lighthouseStore,
  type MetadataReference,
  publishDirectory,
  publishMetadata,
  publishProtoArchive,
  readContent,
  resolveOrganizationMetadata,
  resolveService,
  resolveServiceMetadata,
  type ServiceLookup,
} from '@snetkit/metadata';
import { fileLocations, openContentCache, packProtoDirectory } from '@snetkit/metadata/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Devnet } from '../src/devnet/devnet.ts';
import { startDevnet } from '../src/devnet/start-devnet.ts';

let directory: string;
let devnet: Devnet;
let uris: { service: string; organization: string };
let files: { service: string; organization: string };

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'snetkit-three-ways-'));
  devnet = await startDevnet({ service: false, directory });
  const [service, organization] = await Promise.all([
    lookup.getServiceUri(devnet.organizationId, devnet.serviceId, never),
    lookup.getOrganizationUri(devnet.organizationId, never),
  ]);
  uris = { service: service ?? '', organization: organization ?? '' };
  files = { service: join(directory, 'service.json'), organization: join(directory, 'org.json') };
  for (const kind of ['service', 'organization'] as const) {
    await writeFile(files[kind], await readContent(createContent().ipfs, uris[kind]));
  }
});

afterAll(async () => {
  await devnet?.stop();
  await rm(directory, { recursive: true, force: true });
});

const never = { signal: new AbortController().signal };

const lookup: ServiceLookup = {
  async getOrganizationUri(organizationId) {
    const { registry } = devnet.contracts;
    const client = createChainClient({ rpcUrl: devnet.rpcUrl });
    return (await getOrganization(client, { registry, organizationId }))?.metadataUri;
  },
  async getServiceUri(organizationId, serviceId) {
    const { registry } = devnet.contracts;
    const client = createChainClient({ rpcUrl: devnet.rpcUrl });
    return (await getService(client, { registry, organizationId, serviceId }))?.metadataUri;
  },
};

function createContent() {
  return createContentSources({ kuboUrls: [devnet.contentUrl], file: fileLocations() });
}

/** References to one document, in each of the three ways. */
function listWays(kind: 'service' | 'organization'): Record<string, MetadataReference | string> {
  const { organizationId, serviceId } = devnet;
  return {
    file: files[kind],
    uri: uris[kind],
    hash: uris[kind].replace('ipfs://', ''),
    registry: kind === 'service' ? `${organizationId}/${serviceId}` : organizationId,
  };
}

/** Everything about the service, its document given in one way and its organization's in another. */
function resolveWith(
  service: MetadataReference | string | undefined,
  more: Partial<Parameters<typeof resolveService>[0]> = {},
) {
  const { organizationId, serviceId, contracts } = devnet;
  const content = createContent();
  const expectedMpe = contracts.mpe;
  return resolveService({
    ...{ lookup, content, organizationId, serviceId, expectedMpe, service },
    ...more,
  });
}

async function catchError(work: Promise<unknown>): Promise<BaseError> {
  const error = await work.then(
    (value) => new TypeError(`nothing was thrown, but this came back: ${value}`),
    (thrown: unknown) => thrown,
  );
  if (error instanceof BaseError) return error;
  throw error;
}

const ways = ['file', 'uri', 'hash', 'registry'];

describe.each(ways)('by %s', (way) => {
  test('default: the service document, and where it came from', async () => {
    const { service = '' } = { service: listWays('service')[way] };
    const { metadata, origin } = await resolveServiceMetadata(service, {
      content: createContent(),
      lookup,
    });
    expect(metadata.groups.map(({ groupName }) => groupName)).toEqual([devnet.groupName]);
    const steps: Record<string, string> = {
      file: `file ${files.service} (not verified: nothing tells its hash)`,
      uri: `${uris.service} -> ${devnet.contentUrl} (verified by its CID)`,
      hash: `${uris.service.slice(7)} -> ${devnet.contentUrl} (verified by its CID)`,
      registry: `registry ${devnet.organizationId}/${devnet.serviceId} -> ${uris.service} -> ${devnet.contentUrl} (verified by its CID)`,
    };
    expect(describeOrigin(origin)).toBe(steps[way]);
  });

  test('default: the organization document', async () => {
    const reference = listWays('organization')[way] ?? '';
    const { metadata, origin } = await resolveOrganizationMetadata(reference, {
      content: createContent(),
      lookup,
    });
    expect(metadata.groups.map(({ groupId }) => groupId)).toEqual([devnet.groupId]);
    expect(origin.way).toBe(way === 'hash' ? 'uri' : way);
  });

  test('default: the whole service with its protos', async () => {
    for (const organization of Object.values(listWays('organization'))) {
      const resolved = await resolveWith(listWays('service')[way], { organization });
      expect(resolved.protoFiles.size).toBe(3);
      expect(resolved.group.paymentExpirationThreshold).toBe(devnet.paymentExpirationThreshold);
      expect(resolved.origins.protos.provider).toBe(devnet.contentUrl);
    }
  });

  test('error: the escrow contract is compared with the network, never taken from the document', async () => {
    const expectedMpe = devnet.contracts.registry;
    const error = await catchError(resolveWith(listWays('service')[way], { expectedMpe }));
    expect(error.code).toBe('MPE_ADDRESS_MISMATCH');
    expect(error.found?.toLowerCase()).toBe(devnet.contracts.mpe.toLowerCase());
  });

  test('error: prices and thresholds beyond the limits', async () => {
    const service = listWays('service')[way];
    const dear = await catchError(
      resolveWith(service, { limits: { maxPrice: devnet.price - 1n } }),
    );
    expect(dear.code).toBe('PRICE_ABOVE_LIMIT');
    const maxThreshold = devnet.paymentExpirationThreshold - 1n;
    const long = await catchError(resolveWith(service, { limits: { maxThreshold } }));
    expect(long.code).toBe('THRESHOLD_ABOVE_LIMIT');
    const limits = { maxPrice: devnet.price, maxThreshold: maxThreshold + 1n };
    expect((await resolveWith(service, { limits })).group.groupName).toBe(devnet.groupName);
  });
});

test.each(['uri', 'hash', 'registry'])(
  'error: by %s, a store that changes the document',
  async (way) => {
    const cid = uris.service.slice(7);
    const { blocks } = devnet.contentStore;
    const block = blocks.get(cid) ?? new Uint8Array();
    try {
      blocks.set(
        cid,
        block.map((byte, i) => (i === 50 ? byte ^ 1 : byte)),
      );
      const error = await catchError(resolveWith(listWays('service')[way]));
      expect(error.code).toBe('CONTENT_MISMATCH');
      expect(error.shortMessage).toBe(
        `Content of ${cid} from ${devnet.contentUrl} does not match its CID.`,
      );
    } finally {
      blocks.set(cid, block);
    }
  },
);

test('error: a file that was changed, when its hash is pinned', async () => {
  const file = join(directory, 'changed.json');
  const text = await readFile(files.service, 'utf8');
  await writeFile(file, text.replace('"display_name": "', '"display_name": "My '));
  expect((await resolveWith(file)).origins.service.verified).toBe('none');
  const error = await catchError(resolveWith(`${file}#${uris.service.slice(7)}`));
  expect(error.code).toBe('CONTENT_MISMATCH');
  const { origins } = await resolveWith(`${files.service}#${uris.service.slice(7)}`);
  expect(origins.service).toMatchObject({ way: 'file', verified: 'pin' });
});

test('behavior: what is published is found by its name, from a cache when the store is gone', async () => {
  const store = kuboStore({ endpoint: devnet.contentUrl });
  const protos = join(directory, 'protos');
  const { metadata } = await resolveServiceMetadata(uris.service, { content: createContent() });
  const { protoFiles } = await resolveWith(undefined);
  const [firstName = ''] = protoFiles.keys();
  await writeProtos(protos, protoFiles);
  const packed = await packProtoDirectory(protos);
  expect([...packed.files]).toEqual([...protoFiles].sort());
  const { uri: apiSource } = await publishProtoArchive(store, packed.files);
  expect(apiSource).toBe(metadata.serviceApiSource);

  const image = new Uint8Array(300_000).fill(1);
  const { assets } = await publishDirectory(store, new Map([['hero.png', image]]));
  const asset = assets.get('hero.png') ?? '';
  const document: JsonObject = { ...metadata.document, assets: { hero_image: asset } };
  const published = await publishMetadata(store, document);
  await pointTo(published.uri);

  const cache = openContentCache({ directory: join(directory, 'cache') });
  const content = createContentSources({ kuboUrls: [devnet.contentUrl], cache });
  const first = await resolveWith(undefined, { content });
  expect(first.serviceUri).toBe(published.uri);
  expect(first.protoFiles.has(firstName)).toBe(true);
  const delivery = await fetchContent(content.ipfs, asset);
  expect(Buffer.compare(delivery.bytes, image)).toBe(0);

  const offline = createContentSources({ kuboUrls: ['http://127.0.0.1:9'], cache });
  const second = await resolveWith(undefined, { content: offline });
  expect(second.protoFiles).toEqual(first.protoFiles);
  expect(second.origins.service.provider).toBe(cache.name);
  expect((await fetchContent(offline.ipfs, asset)).provider).toBe(cache.name);
});

test('behavior: documents and protos on Filecoin, through Lighthouse', async () => {
  const store = lighthouseStore({ endpoint: devnet.contentUrl, apiKey: 'any-key' });
  const before = await resolveWith(files.service, { organization: files.organization });
  const { uri: apiSource } = await publishProtoArchive(store, before.protoFiles);
  const service = await publishMetadata(store, {
    ...before.service.document,
    service_api_source: apiSource,
  });
  expect([apiSource, service.uri]).toEqual([
    before.apiSource.replace('ipfs:', 'filecoin:'),
    expect.stringMatching(/^filecoin:\/\/Qm/),
  ]);
  await pointTo(service.uri);
  const content = createContentSources({
    gatewayUrls: [devnet.contentUrl],
    lighthouseUrl: `${devnet.contentUrl}/ipfs/`,
  });
  const resolved = await resolveWith(undefined, { content });
  expect(describeOrigin(resolved.origins.service)).toBe(
    `registry ${devnet.organizationId}/${devnet.serviceId} -> ${service.uri} -> ${devnet.contentUrl} (verified by its CID)`,
  );
  expect(resolved.protoFiles).toEqual(before.protoFiles);
});

/** Makes the registry name another service document. */
async function pointTo(metadataUri: string): Promise<void> {
  const { organizationId, serviceId, contracts, accounts, rpcUrl } = devnet;
  const client = createChainClient({ rpcUrl });
  const signer = privateKeySigner(accounts.provider.privateKey);
  const { registry } = contracts;
  await updateService(client, signer, { registry, organizationId, serviceId, metadataUri });
}

async function writeProtos(folder: string, protos: ReadonlyMap<string, string>): Promise<void> {
  for (const [path, text] of protos) {
    await mkdir(join(folder, path, '..'), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}
