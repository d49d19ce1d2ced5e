import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { catchError } from '../../test/catch-error.ts';
import { organizationText, serviceText } from '../../test/documents.ts';
import { startServer } from '../../test/start-server.ts';
import type { BlockSource } from '../content/content-source.ts';
import { encodeFile } from '../content/encode-file.ts';
import { mapSource } from '../content/map-source.ts';
import { fileLocations } from '../node/file-locations.ts';
import { httpLocations } from '../storage/http-locations.ts';
import { raceSources } from '../storage/race-sources.ts';
import { describeOrigin } from './describe-origin.ts';
import type { MetadataReference } from './metadata-reference.ts';
import { resolveOrganizationMetadata, resolveServiceMetadata } from './resolve-metadata.ts';
import type { ServiceLookup } from './service-lookup.ts';

const text = serviceText();
const service = await encodeFile(new TextEncoder().encode(text));
const organization = await encodeFile(new TextEncoder().encode(organizationText()));
const blocks = new Map([...service.blocks, ...organization.blocks]);
const hash = `sha256:${createHash('sha256').update(text).digest('hex')}`;

const lookup: ServiceLookup = {
  getOrganizationUri: async (id) => (id === 'org' ? `ipfs://${organization.cid}` : undefined),
  getServiceUri: async (_, id) => (id === 'svc' ? `filecoin://${service.cid}` : undefined),
};

let directory: string;
let file: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'snetkit-metadata-'));
  file = join(directory, 'service.json');
  await writeFile(file, text);
});

afterAll(() => rm(directory, { recursive: true, force: true }));

const content = {
  ipfs: mapSource(blocks, { name: 'ipfs node' }),
  filecoin: mapSource(blocks, { name: 'lighthouse' }),
  http: httpLocations(),
  file: fileLocations(),
};
const options = { content, lookup };

test('default: a name in the registry', async () => {
  const { metadata, origin } = await resolveServiceMetadata('org/svc', options);
  expect(metadata.displayName).toBe('Example service');
  expect(origin).toEqual({
    way: 'registry',
    organizationId: 'org',
    serviceId: 'svc',
    uri: `filecoin://${service.cid}`,
    provider: 'lighthouse',
    verified: 'cid',
    refused: [],
  });
  expect(describeOrigin(origin)).toBe(
    `registry org/svc -> filecoin://${service.cid} -> lighthouse (verified by its CID)`,
  );
});

test.each(['org', 'org/svc'])('default: the organization %s', async (name) => {
  const { metadata, origin } = await resolveOrganizationMetadata(name, options);
  expect(metadata.organizationName).toBe('Snet_test');
  expect(origin).toEqual({
    way: 'registry',
    organizationId: 'org',
    uri: `ipfs://${organization.cid}`,
    provider: 'ipfs node',
    verified: 'cid',
    refused: [],
  });
});

test.each([`ipfs://${service.cid}`, service.cid])('default: the URI %s', async (uri) => {
  const { metadata, origin } = await resolveServiceMetadata(uri, { content });
  expect(metadata.displayName).toBe('Example service');
  expect(origin).toEqual({ way: 'uri', uri, provider: 'ipfs node', verified: 'cid', refused: [] });
  expect(describeOrigin(origin)).toBe(`${uri} -> ipfs node (verified by its CID)`);
});

test('default: a JSON file, which nothing vouches for', async () => {
  const { metadata, origin } = await resolveServiceMetadata(file, { content });
  expect(metadata.displayName).toBe('Example service');
  expect(origin).toEqual({
    way: 'file',
    file,
    hash,
    provider: file,
    verified: 'none',
    refused: [],
  });
  expect(describeOrigin(origin)).toBe(`file ${file} (not verified: nothing tells its hash)`);
});

test('default: the text of a file that the caller has', async () => {
  const reference = { way: 'file', file: 'dropped.json', text } as const;
  const { origin } = await resolveServiceMetadata(reference, { content: content.ipfs });
  expect(origin).toMatchObject({ way: 'file', file: 'dropped.json', hash, verified: 'none' });
});

describe('args: pin', () => {
  test.each([hash, service.cid])('%s', async (pin) => {
    const { origin } = await resolveServiceMetadata(`${file}#${pin}`, { content });
    expect(origin).toMatchObject({ way: 'file', verified: 'pin', pin });
    expect(describeOrigin(origin)).toContain(`verified by ${pin}`);
  });

  test.each([
    ['a file', () => ({ way: 'file', file }), () => file],
    ['a URI', () => ({ way: 'uri', uri: service.cid }), () => `${service.cid} from ipfs node`],
    [
      'a name, whatever the registry says',
      () => ({ way: 'registry', organizationId: 'org', serviceId: 'svc' }),
      () => `filecoin://${service.cid} from lighthouse`,
    ],
  ] as const)('error: another hash for %s', async (_, reference, place) => {
    const pin = organization.cid;
    const given = { ...reference(), pin } as MetadataReference;
    const error = await catchError(() => resolveServiceMetadata(given, options));
    expect(error.code).toBe('CONTENT_MISMATCH');
    expect(error.message).toBe(`${place()} does not have the pinned hash.
Expected: ${pin}
Found: ${text.length} bytes with ${hash}
Fix: Find out who changed it; pin the new hash only when the change is meant.`);
  });

  test('behavior: every form of the CID will do, and none of another file', async () => {
    const raw = await encodeFile(new TextEncoder().encode(text), { cidVersion: 1 });
    const { origin } = await resolveServiceMetadata(`${file}#${raw.cid}`, { content });
    expect(origin.verified).toBe('pin');
    const other = await encodeFile(new TextEncoder().encode(`${text} `), { cidVersion: 1 });
    const work = () => resolveServiceMetadata(`${file}#${other.cid}`, { content });
    expect((await catchError(work)).code).toBe('CONTENT_MISMATCH');
  });

  test('error: a pin that is none', async () => {
    const given = { way: 'file', file, pin: 'sha256:12' } as const;
    expect((await catchError(() => resolveServiceMetadata(given, options))).code).toBe(
      'PIN_INVALID',
    );
  });
});

describe('args: URLs', () => {
  test('default: with a pin', async () => {
    await using server = await startServer((response) => response.end(text));
    const url = `${server.url}/metadata/secret-key?x=1`;
    const { metadata, origin } = await resolveServiceMetadata(`${url}#${hash}`, { content });
    expect(metadata.displayName).toBe('Example service');
    expect(origin).toEqual({
      way: 'uri',
      uri: server.url,
      provider: server.url,
      verified: 'pin',
      pin: hash,
      refused: [],
    });
    expect(server.requests).toEqual(['GET /metadata/secret-key?x=1']);
  });

  test('error: without a pin nothing is asked', async () => {
    await using server = await startServer((response) => response.end(text));
    const error = await catchError(() => resolveServiceMetadata(`${server.url}/key`, { content }));
    expect(error.code).toBe('CONTENT_UNVERIFIABLE');
    expect(error.message).toBe(`Content of ${server.url} cannot be checked.
Expected: a URL and the hash that its content must have: https://...#<CID or sha256:...>
Found: a URL without a hash
Fix: Whoever answers for a URL can change what it says from one call to the next.`);
    expect(server.requests).toEqual([]);
  });

  test('error: other content', async () => {
    await using server = await startServer((response) => response.end(`${text} `));
    const url = `${server.url}/secret-key#${hash}`;
    const error = await catchError(() => resolveServiceMetadata(url, { content }));
    expect(error.code).toBe('CONTENT_MISMATCH');
    expect(error.shortMessage).toBe(`${server.url} does not have the pinned hash.`);
    expect(error.message).not.toContain('secret-key');
  });

  test('error: a redirect, an endless answer', async () => {
    await using server = await startServer((response, request) => {
      if (request.url === '/redirect')
        response.writeHead(301, { location: 'http://x.invalid' }).end();
      else response.end(new Uint8Array(1024 * 1024 + 1));
    });
    for (const [path, code] of [
      ['redirect', 'CONTENT_UNAVAILABLE'],
      ['long', 'CONTENT_TOO_LARGE'],
    ]) {
      const url = `${server.url}/${path}#${hash}`;
      const error = await catchError(() => resolveServiceMetadata(url, { content }));
      expect(error.code).toBe(code);
      expect(error.message).toContain(server.url);
    }
  });
});

test('behavior: providers that lied before one delivered are in the origin', async () => {
  const liar: BlockSource = { name: 'liar', readBlock: async () => Uint8Array.of(1) };
  const ipfs = raceSources([liar, content.ipfs]);
  const { origin } = await resolveServiceMetadata(service.cid, { content: { ...content, ipfs } });
  expect(origin).toMatchObject({
    provider: 'ipfs node',
    refused: [{ provider: 'liar', code: 'CONTENT_MISMATCH' }],
  });
  expect(describeOrigin(origin)).toBe(
    `${service.cid} -> ipfs node (verified by its CID; liar refused: CONTENT_MISMATCH)`,
  );
});

// The registry and documents of strangers must not make us read files, or ask servers of their choice.
test.each(['file:///etc/passwd', 'https://169.254.169.254/', './x.json', 'http://x#sha256:00'])(
  'error: the registry says %s',
  async (uri) => {
    const hostile = { getOrganizationUri: async () => uri, getServiceUri: async () => uri };
    const given = { content, lookup: hostile };
    const error = await catchError(() => resolveServiceMetadata('org/svc', given));
    expect(error.code).toBe('STORAGE_URI_INVALID');
  },
);

test('error: what is not registered, and a registry that is not there', async () => {
  const missing = await catchError(() => resolveServiceMetadata('org/none', options));
  expect(missing.shortMessage).toBe('The service "org/none" is not registered.');
  const none = await catchError(() => resolveServiceMetadata('org/svc', { content }));
  expect(none.message).toBe(`"org/svc" cannot be looked up: no registry is set up.
Fix: Give a registry, or name the document by file or storage URI.`);
  const half = await catchError(() => resolveServiceMetadata('org', options));
  expect(half.message).toBe(`This names an organization, no service.
Expected: <organization id>/<service id>
Found: "org"`);
});

test('error: a source that is not set up', async () => {
  const bare = { content: content.ipfs };
  const local = await catchError(() => resolveServiceMetadata(file, bare));
  expect(local.message).toBe(`No source for file: content is set up.
Expected: fileLocations() of @snetkit/metadata/node as the source of file
Found: sources for ipfs
Fix: Configure one, or ask the provider to publish on IPFS.`);
  const url = await catchError(() => resolveServiceMetadata(`https://x/#${hash}`, bare));
  expect(url.code).toBe('CONTENT_SOURCE_MISSING');
});

test('args: timeoutMs and signal', async () => {
  const deaf: BlockSource = { name: 'deaf', readBlock: () => new Promise(() => {}) };
  const slow = { content: deaf, timeoutMs: 5 };
  const error = await catchError(() => resolveServiceMetadata(service.cid, slow));
  expect(error.message).toBe('Resolving the metadata of the service took longer than 5 ms.');
  const aborted = { content: deaf, signal: AbortSignal.abort() };
  const late = await catchError(() => resolveOrganizationMetadata(service.cid, aborted));
  expect(late.code).toBe('ABORTED');
});
