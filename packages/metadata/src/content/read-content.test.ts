import { encode } from '@ipld/dag-pb';
import fc from 'fast-check';
import { UnixFS } from 'ipfs-unixfs';
import { exporter } from 'ipfs-unixfs-exporter';
import { CID } from 'multiformats/cid';
import * as raw from 'multiformats/codecs/raw';
import { identity } from 'multiformats/hashes/identity';
import { sha256, sha512 } from 'multiformats/hashes/sha2';
import { describe, expect, test } from 'vitest';
import { catchError } from '../../test/catch-error.ts';
import { caseContent, vectors } from '../../test/vectors.ts';
import type { ContentSource } from './content-source.ts';
import { encodeDirectory, encodeFile } from './encode-file.ts';
import { mapSource } from './map-source.ts';
import { readContent } from './read-content.ts';

const encoder = new TextEncoder();

/** A dag-pb node as a block, with whatever is wrong about it. */
async function makeNode(
  entry: UnixFS | Uint8Array,
  links: readonly CID[] = [],
): Promise<[CID, Uint8Array]> {
  const Data = entry instanceof Uint8Array ? entry : entry.marshal();
  const Links = links.map((Hash) => ({ Hash, Name: '', Tsize: 0 }));
  const block = encode({ Data, Links });
  return [CID.createV0(await sha256.digest(block)), block];
}

function file(data?: string, sizes: readonly bigint[] = []): UnixFS {
  return new UnixFS({
    type: 'file',
    ...(data !== undefined && { data: encoder.encode(data) }),
    blockSizes: [...sizes],
  });
}

function sourceOf(...blocks: readonly [CID, Uint8Array][]): ContentSource {
  return mapSource(new Map(blocks.map(([cid, block]) => [cid.toString(), block])));
}

describe.each(vectors.cids.cases)('vector: $label', (vector) => {
  const content = caseContent(vector);

  test.each([0, 1] as const)('default: CIDv%i', async (cidVersion) => {
    const { cid, blocks } = await encodeFile(content, { cidVersion });
    const bytes = await readContent(mapSource(blocks), `ipfs://${cid}`);
    expect(Buffer.compare(bytes, content)).toBe(0);
  });
});

test('behavior: two levels of many blocks come in order', async () => {
  const content = new Uint8Array(175 * 262_144 + 5).map((_, i) => (i * 7 + (i >> 11)) & 255);
  const { cid, blocks } = await encodeFile(content);
  const bytes = await readContent(mapSource(blocks), cid, { maxBytes: content.length });
  expect(Buffer.compare(bytes, content)).toBe(0);
});

test('vector: a path below a directory', async () => {
  const { asset_value, content_utf8, file } = vectors.cids.asset_wrapped_in_directory;
  const { blocks } = await encodeDirectory(new Map([[file, encoder.encode(content_utf8)]]));
  const bytes = await readContent(mapSource(blocks), asset_value);
  expect(new TextDecoder().decode(bytes)).toBe(content_utf8);
});

test('behavior: agrees with the exporter of the IPFS project', async () => {
  const content = new Uint8Array(700_000).map((_, i) => i % 253);
  const { cid, blocks } = await encodeFile(content);
  const entry = await exporter(cid, {
    async *get(key: CID) {
      yield blocks.get(key.toString()) ?? new Uint8Array();
    },
  });
  if (entry.type !== 'file') throw new TypeError(entry.type);
  const parts: Uint8Array[] = [];
  for await (const part of entry.content()) parts.push(part);
  const ours = await readContent(mapSource(blocks), cid);
  expect(Buffer.compare(Buffer.concat(parts), ours)).toBe(0);
});

describe('error: one byte changed in a block', async () => {
  const content = new Uint8Array(600_000).fill(0x61).map((byte, i) => (i < 262_144 ? byte : 0x62));
  const { cid, blocks } = await encodeFile(content);

  test.each([...blocks.keys()])('%s', async (victim) => {
    const changed = new Map(blocks);
    const block = Uint8Array.from(blocks.get(victim) ?? []);
    block[block.length - 1] = (block.at(-1) ?? 0) ^ 1;
    changed.set(victim, block);
    const source = mapSource(changed, { name: 'http://127.0.0.1:5001' });
    const error = await catchError(() => readContent(source, cid));
    expect(error.code).toBe('CONTENT_MISMATCH');
    const found = CID.createV0(await sha256.digest(block));
    expect(error.message).toBe(
      `Content of ${cid} from http://127.0.0.1:5001 does not match its CID.
Place: block ${victim}
Expected: the bytes of ${victim}
Found: ${block.length} bytes that have the CID ${found}
Fix: Do not trust this provider; read the content from another one.`,
    );
  });

  test.each([...blocks.keys()])('%s missing', async (victim) => {
    const left = new Map(blocks);
    left.delete(victim);
    const error = await catchError(() => readContent(mapSource(left), cid));
    expect(error.code).toBe('CONTENT_UNAVAILABLE');
    expect(error.message).toBe(
      `Block ${victim} is not to be had from memory.\nPlace: content ${cid} from memory`,
    );
  });
});

test('error: a provider that answers every block with the root, which would be a cycle', async () => {
  const { cid, blocks } = await encodeFile(new Uint8Array(300_000));
  const root = blocks.get(cid) ?? new Uint8Array();
  const source: ContentSource = { name: 'loop', readBlock: async () => root };
  const error = await catchError(() => readContent(source, cid));
  expect(error.shortMessage).toBe(`Content of ${cid} from loop does not match its CID.`);
});

test('error: a directory instead of a file', async () => {
  const { cid, blocks } = await encodeDirectory(new Map([['a', encoder.encode('a')]]));
  const error = await catchError(() => readContent(mapSource(blocks), cid));
  expect(error.code).toBe('CONTENT_INVALID');
  expect(error.message).toBe(`Content of ${cid} from memory is a directory.
Expected: a file
Found: a directory of 1 entries
Fix: Name a file in it: <cid>/<path>.`);
});

test('error: a path that does not exist', async () => {
  const { cid, blocks } = await encodeDirectory(new Map([['a', encoder.encode('a')]]));
  const error = await catchError(() => readContent(mapSource(blocks), `${cid}/b`));
  expect(error.code).toBe('CONTENT_NOT_FOUND');
  expect(error.message).toBe(`${cid}/b from memory does not exist.
Expected: one entry "b"
Found: 0 of 1 entries`);
  const below = await catchError(() => readContent(mapSource(blocks), `${cid}/a/b`));
  expect(below.message).toBe(`${cid}/a/b from memory does not exist.
Expected: one entry "b"
Found: a file`);
});

test('error: a directory inside a file', async () => {
  const directory = await makeNode(new UnixFS({ type: 'directory' }));
  const root = await makeNode(file(undefined, [3n]), [directory[0]]);
  const error = await catchError(() => readContent(sourceOf(root, directory), root[0].toString()));
  expect(error.message).toBe(`Content of ${root[0]} from memory is not well-formed.
Place: block ${directory[0]}
Expected: 3 bytes of a file, as the block above it declares
Found: a directory`);
});

test.each([
  ['a symbolic link', new UnixFS({ type: 'symlink', data: encoder.encode('/etc/passwd') })],
  ['a sharded directory', new UnixFS({ type: 'hamt-sharded-directory' })],
  ['no UnixFS data', new Uint8Array()],
  ['bytes that are no UnixFS data', Uint8Array.of(0xff, 0xff, 0xff)],
  ['a size without a link', file('x', [1n])],
])('error: %s', async (_, entry) => {
  const node = await makeNode(entry);
  const error = await catchError(() => readContent(sourceOf(node), node[0].toString()));
  expect(error.code).toBe('CONTENT_INVALID');
  expect(error.shortMessage).toBe(`Content of ${node[0]} from memory is not well-formed.`);
  expect(error.place).toBe(`block ${node[0]}`);
});

test('error: bytes that are no dag-pb node, under a dag-pb CID', async () => {
  const block = encoder.encode('plain text');
  const cid = CID.createV0(await sha256.digest(block));
  const error = await catchError(() => readContent(sourceOf([cid, block]), cid.toString()));
  expect(error.message).toBe(`Content of ${cid} from memory is not well-formed.
Place: block ${cid}
Expected: a UnixFS node in dag-pb
Found: other bytes`);
});

describe('error: sizes that lie', () => {
  test('huge: nothing below is fetched', async () => {
    const leaf = await makeNode(file('abc'));
    const root = await makeNode(file(undefined, [1n << 60n]), [leaf[0]]);
    const error = await catchError(() => readContent(sourceOf(root), root[0].toString()));
    expect(error.code).toBe('CONTENT_TOO_LARGE');
    expect(error.message).toBe(
      `Content of ${root[0]} from memory is larger than 33554432 bytes.\nFound: ${1n << 60n} bytes`,
    );
  });

  test.each([2n, 4n, 0n])('%d instead of 3', async (size) => {
    const leaf = await makeNode(file('abc'));
    const root = await makeNode(file(undefined, [size]), [leaf[0]]);
    const error = await catchError(() => readContent(sourceOf(root, leaf), root[0].toString()));
    expect(error.message).toBe(`Content of ${root[0]} from memory is not well-formed.
Place: block ${leaf[0]}
Expected: ${size} bytes of a file, as the block above it declares
Found: 3 bytes`);
  });
});

test('error: a few blocks that unfold into very many', async () => {
  let below = await makeNode(file(''));
  const blocks = [below];
  for (let level = 0; level < 8; level++) {
    const links = Array.from({ length: 100 }, () => below[0]);
    below = await makeNode(
      file(
        undefined,
        links.map(() => 0n),
      ),
      links,
    );
    blocks.push(below);
  }
  const error = await catchError(() => readContent(sourceOf(...blocks), below[0].toString()));
  expect(error.message).toBe(`Content of ${below[0]} from memory is larger than 16384 blocks.`);
});

test('error: a chain of blocks that is too deep', async () => {
  let below = await makeNode(file('x'));
  const blocks = [below];
  for (let level = 0; level < 40; level++) {
    below = await makeNode(file(undefined, [1n]), [below[0]]);
    blocks.push(below);
  }
  const error = await catchError(() => readContent(sourceOf(...blocks), below[0].toString()));
  expect(error.message).toBe(`Content of ${below[0]} from memory is larger than 32 levels.`);
});

test('error: a block larger than the network allows', async () => {
  const block = new Uint8Array(2 * 1024 * 1024 + 1);
  const cid = CID.createV1(raw.code, await sha256.digest(block));
  const error = await catchError(() => readContent(sourceOf([cid, block]), cid.toString()));
  expect(error.message).toBe(
    `Content of ${cid} from memory is larger than 2097152 bytes in one block.`,
  );
});

test('args: maxBytes', async () => {
  const { cid, blocks } = await encodeFile(encoder.encode('hello world'));
  expect(await readContent(mapSource(blocks), cid, { maxBytes: 11 })).toHaveLength(11);
  const error = await catchError(() => readContent(mapSource(blocks), cid, { maxBytes: 10 }));
  expect(error.message).toBe(
    `Content of ${cid} from memory is larger than 10 bytes.\nFound: 11 bytes`,
  );
});

test('args: maxBlocks', async () => {
  const { cid, blocks } = await encodeFile(new Uint8Array(600_000));
  expect(await readContent(mapSource(blocks), cid, { maxBlocks: 4 })).toHaveLength(600_000);
  const error = await catchError(() => readContent(mapSource(blocks), cid, { maxBlocks: 3 }));
  expect(error.message).toBe(`Content of ${cid} from memory is larger than 3 blocks.`);
});

const deaf: ContentSource = { name: 'deaf', readBlock: () => new Promise(() => {}) };
const anyCid = 'QmT78zSuBmuS4z925WZfrqQ1qHaJ56DQaTfyMUF7F8ff5o';

test('args: timeoutMs ends a source that listens to nothing', async () => {
  const error = await catchError(() => readContent(deaf, anyCid, { timeoutMs: 5 }));
  expect(error.code).toBe('TIMED_OUT');
  expect(error.message).toBe(`Reading ${anyCid} from deaf took longer than 5 ms.`);
});

test('args: signal', async () => {
  const controller = new AbortController();
  const reading = catchError(() => readContent(deaf, anyCid, { signal: controller.signal }));
  controller.abort();
  expect((await reading).message).toBe(`Reading ${anyCid} from deaf was cancelled.`);
  const late = await catchError(() => readContent(deaf, anyCid, { signal: AbortSignal.abort() }));
  expect(late.code).toBe('ABORTED');
});

describe('error: CIDs that cannot be verified', () => {
  test('wrong codec', async () => {
    const cid = CID.createV1(0x71, await sha256.digest(Uint8Array.of(1)));
    const error = await catchError(() => readContent(deaf, cid.toString(), { place: 'here' }));
    expect(error.code).toBe('CID_INVALID');
    expect(error.message).toBe(`The codec of ${cid} is not supported.
Place: here
Expected: dag-pb (0x70) or raw (0x55)
Found: 0x71`);
  });

  test('wrong codec below the root', async () => {
    const odd = CID.createV1(0x71, await sha256.digest(Uint8Array.of(1)));
    const root = await makeNode(file(undefined, [1n]), [odd]);
    const error = await catchError(() => readContent(sourceOf(root), root[0].toString()));
    expect(error.message).toBe(`The codec of ${odd} is not supported.
Place: content ${root[0]} from memory
Expected: dag-pb (0x70) or raw (0x55)
Found: 0x71`);
  });

  test('wrong hash', async () => {
    const long = CID.createV1(raw.code, await sha512.digest(Uint8Array.of(1)));
    const error = await catchError(() => readContent(deaf, long.toString()));
    expect(error.message).toBe(`The hash of ${long} is not supported.
Expected: sha2-256 (0x12) of 32 bytes
Found: 0x13 of 64 bytes`);
    const inline = CID.createV1(raw.code, identity.digest(Uint8Array.of(1, 2, 3)));
    expect((await catchError(() => readContent(deaf, inline.toString()))).found).toBe(
      '0x0 of 3 bytes',
    );
  });

  test.each(['QmT78zSuBmuS4z925WZfrqQ1qHaJ56DQaTfyMUF7F8ff5', 'zzz', 'bafy', '1'])(
    '%s',
    async (text) => {
      const error = await catchError(() => readContent(deaf, text));
      expect(error.message).toBe(`This is not a content identifier.
Expected: a CIDv0 (Qm...) or a CIDv1 (bafy..., bafk...)
Found: "${text}"`);
    },
  );

  test.each(['', 'http://x', 'ipfs://', 'ipfs://a b', '/ipfs/QmX', 'ipns://QmX'])(
    '"%s"',
    async (text) => {
      const error = await catchError(() => readContent(deaf, text));
      expect(error.code).toBe('STORAGE_URI_INVALID');
    },
  );
});

test('behavior: any bytes come back as they went in', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 3000 }),
      fc.constantFrom(0 as const, 1 as const),
      async (content, cidVersion) => {
        const { cid, blocks } = await encodeFile(content, { cidVersion });
        expect(await readContent(mapSource(blocks), cid)).toEqual(content);
      },
    ),
    { numRuns: 50 },
  );
});

test('behavior: random bytes under a true CID end in an error or a file, at once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (block) => {
      const cid = CID.createV0(await sha256.digest(block));
      const reading = readContent(sourceOf([cid, block]), cid.toString(), { timeoutMs: 1000 });
      const outcome = await reading.then(
        () => 'a file',
        (error) => error.code,
      );
      expect([
        'a file',
        'CONTENT_INVALID',
        'CONTENT_UNAVAILABLE',
        'CONTENT_TOO_LARGE',
        'CID_INVALID',
      ]).toContain(outcome);
    }),
    { numRuns: 500 },
  );
});
