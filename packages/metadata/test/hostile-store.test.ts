// A content store that lies in every way we could think of, behind a real server. Whatever it does,
// the answer is an error that names the CID and the provider, in time, with a bounded download.
import { Readable } from 'node:stream';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { encode } from '@ipld/dag-pb';
import { UnixFS } from 'ipfs-unixfs';
import { CID } from 'multiformats/cid';
import { sha256 } from 'multiformats/hashes/sha2';
import { describe, expect, test } from 'vitest';
import type { ContentSource } from '../src/content/content-source.ts';
import { encodeDirectory, encodeFile } from '../src/content/encode-file.ts';
import { readContent } from '../src/content/read-content.ts';
import { fileGatewaySource, gatewaySource } from '../src/storage/gateway-source.ts';
import { kuboSource } from '../src/storage/kubo-source.ts';
import { lighthouseSource } from '../src/storage/lighthouse-source.ts';
import { raceSources } from '../src/storage/race-sources.ts';
import { catchError } from './catch-error.ts';
import { askedCid, serveContent } from './serve-content.ts';
import { type Answer, startServer } from './start-server.ts';

const content = new Uint8Array(700_000).map((_, i) => (i * 31 + (i >> 9)) & 255);
const { cid, blocks } = await encodeFile(content);
const root = blocks.get(cid) ?? new Uint8Array();
const [leaf = ''] = [...blocks.keys()].filter((name) => name !== cid);
const maxBytes = 1024 * 1024;

/** What a hostile answer may cost at most: one block or file over its limit, and what sockets buffer. */
const maxSent = 16 * 1024 * 1024;

const kinds: Record<string, (endpoint: string, timeoutMs?: number) => ContentSource> = {
  kubo: (endpoint, timeoutMs) => kuboSource({ endpoint, timeoutMs }),
  gateway: (endpoint, timeoutMs) => gatewaySource({ endpoint, timeoutMs }),
  'file gateway': (endpoint, timeoutMs) => fileGatewaySource({ endpoint, timeoutMs }),
  lighthouse: (endpoint, timeoutMs) => lighthouseSource({ endpoint, timeoutMs }),
  'two at once': (endpoint, timeoutMs) =>
    raceSources([kuboSource({ endpoint, timeoutMs }), gatewaySource({ endpoint, timeoutMs })], {
      hedgeMs: 0,
    }),
};

const honest = serveContent(blocks, new Map([[cid, content]]));

/** Sends bytes for as long as anybody reads. */
const endless: Answer = (response) => {
  const chunk = new Uint8Array(256 * 1024);
  const source = new Readable({
    read() {
      this.push(chunk);
    },
  });
  response.on('close', () => source.destroy());
  source.pipe(response);
};

/** A byte now and then, for ever. */
const drip: Answer = (response) => {
  const timer = setInterval(() => response.write('x'), 20);
  response.on('close', () => clearInterval(timer));
};

const reply =
  (body: Uint8Array | string, headers: Record<string, string> = {}): Answer =>
  (response) => {
    response.writeHead(200, headers).end(body);
  };

/** Sends its own head and body past the checks of the server. */
const rawReply =
  (head: string, body: Uint8Array = root): Answer =>
  (response) => {
    response.socket?.write(`HTTP/1.1 ${head}\r\nconnection: close\r\n\r\n`);
    response.socket?.end(body);
  };

const other = content.map((byte) => byte ^ 1);
const { cid: otherCid, blocks: otherBlocks } = await encodeFile(other);
const otherLeaf = [...otherBlocks.keys()].find((name) => name !== otherCid) ?? '';
const otherRoot = otherBlocks.get(otherCid) ?? new Uint8Array();

/** Another file of the same size under the name of ours: nothing but its hash is wrong. */
const exchanged = serveContent(
  new Map([...otherBlocks, [cid, otherRoot]]),
  new Map([[cid, other]]),
);

const page = '<html><body><a href="/ipfs/x">Index of /ipfs</a></body></html>';
const zeros = new Uint8Array(64 * 1024 * 1024);
const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };
const { cid: wrapped, blocks: wrappedBlocks } = await encodeDirectory(new Map([['a', content]]));

const lies: Record<string, Answer> = {
  'wrong bytes': reply('something else'),
  'nothing at all': reply(''),
  'another file of the same size': exchanged,
  'one byte changed': reply(root.map((byte, i) => (i === 20 ? byte ^ 1 : byte))),
  'one byte more': reply(Buffer.concat([root, Buffer.of(0)])),
  'a file that is cut off': reply(content.subarray(0, 699_999)),
  'a page instead': reply(page, { 'content-type': 'text/html' }),
  'a directory instead of a file': reply(wrappedBlocks.get(wrapped) ?? ''),
  'an answer without end': endless,
  'a slow drip': drip,
  silence: () => {},
  'a head, then silence': (response) => {
    response.writeHead(200, { 'content-length': '100' }).flushHeaders();
  },
  'a closed connection': (response) => response.socket?.destroy(),
  'a reset after half': (response) => {
    response.writeHead(200, { 'content-length': String(root.length) });
    response.write(root.subarray(0, 10), () => response.socket?.resetAndDestroy());
  },
  'a huge content-length': rawReply('200 OK\r\ncontent-length: 9007199254740991'),
  'a content-length that is no number': rawReply('200 OK\r\ncontent-length: many'),
  'a content-length too small': rawReply('200 OK\r\ncontent-length: 1'),
  'two lengths': rawReply('200 OK\r\ncontent-length: 5\r\ncontent-length: 6'),
  'no HTTP': (response) => response.socket?.end('SSH-2.0-OpenSSH_9.6\r\n'),
  'a gzip bomb': reply(gzipSync(zeros), { 'content-encoding': 'gzip' }),
  'a brotli bomb': reply(brotliCompressSync(zeros, brotli), { 'content-encoding': 'br' }),
  'a bomb in a bomb': reply(gzipSync(gzipSync(zeros)), { 'content-encoding': 'gzip, gzip' }),
  'gzip that is none': reply(root, { 'content-encoding': 'gzip' }),
  'an error without end': (response, request) => {
    response.writeHead(500);
    return endless(response, request);
  },
  refused: (response) => {
    response.writeHead(403, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ Message: 'no\u001b[2J\r\nPlace: elsewhere', Code: 0 }));
  },
};

/** Lies that only those notice who read block by block; a whole file is there, or it is not. */
const blockLies: Record<string, Answer> = {
  'a leaf of another file': (response, request) => {
    if (askedCid(request) === cid) return honest(response, request);
    response.end(otherBlocks.get(otherLeaf));
  },
  'a leaf that is another leaf': (response, request) => {
    if (askedCid(request) === cid) return honest(response, request);
    response.end(blocks.get(leaf)?.subarray(1));
  },
  'a truncated DAG': (response, request) => {
    if (askedCid(request) === leaf) response.writeHead(404).end('gone');
    else return honest(response, request);
  },
  'an answer without end, for one leaf': (response, request) =>
    askedCid(request) === leaf ? endless(response, request) : honest(response, request),
};

describe.each(Object.entries(kinds))('%s', (kind, connect) => {
  const told = /file|lighthouse/.test(kind) ? lies : { ...lies, ...blockLies };

  test('default: the honest one delivers', async () => {
    await using server = await startServer(honest);
    const bytes = await readContent(connect(server.url), cid, { maxBytes });
    expect(Buffer.compare(bytes, content)).toBe(0);
  });

  test.each(Object.entries(told))('error: %s', async (name, answer) => {
    await using server = await startServer(answer);
    const source = connect(server.url, /end|bomb/.test(name) ? 30_000 : 300);
    const before = process.memoryUsage().arrayBuffers;
    const error = await catchError(() => readContent(source, cid, { maxBytes, timeoutMs: 40_000 }));
    expect(error.code, error.message).toMatch(/^(?:CONTENT_|TIMED_OUT$)/);
    if (/another|changed/.test(name)) expect(error.code).toBe('CONTENT_MISMATCH');
    if (/^an answer without end|bomb$/.test(name)) expect(error.code).toBe('CONTENT_TOO_LARGE');
    expect(error.message).toContain(cid);
    expect(error.message).toContain(server.url);
    // Two at a time or one after the other, each within the limit of what it reads.
    expect(server.countSent(), name).toBeLessThan(2 * maxSent);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(48 * 1024 * 1024);
  });

  test('error: a redirect to elsewhere is not followed', async () => {
    await using target = await startServer(honest);
    await using server = await startServer((response, request) => {
      response.writeHead(302, { location: `${target.url}${request.url}` }).end();
    });
    const error = await catchError(() => readContent(connect(server.url), cid, { maxBytes }));
    expect(error.code).toBe('CONTENT_UNAVAILABLE');
    expect(error.message).toContain(`302 redirect to ${target.url}, which is not followed`);
    expect(error.message).toContain(cid);
    expect(error.message).toContain(server.url);
    expect(target.requests).toEqual([]);
  });

  test('error: a redirect to a file of this machine', async () => {
    await using server = await startServer((response) => {
      response.writeHead(307, { location: 'file:///etc/passwd' }).end();
    });
    const error = await catchError(() => readContent(connect(server.url), cid, { maxBytes }));
    expect(error.code).toBe('CONTENT_UNAVAILABLE');
    expect(error.message).not.toContain('passwd');
  });
});

/** A dag-pb node as a block. */
async function makeNode(entry: UnixFS, links: readonly { cid: CID; name: string }[]) {
  const Links = links.map(({ cid: Hash, name: Name }) => ({ Hash, Name, Tsize: 0 }));
  const block = encode({ Data: entry.marshal(), Links });
  return { cid: CID.createV0(await sha256.digest(block)), block };
}

async function hostileDag(kind: string) {
  const dagJson = CID.createV1(0x0129, await sha256.digest(new Uint8Array(3)));
  const below = CID.parse(leaf);
  if (kind === 'wrong codec') {
    const entry = new UnixFS({ type: 'file', blockSizes: [3n] });
    return makeNode(entry, [{ cid: dagJson, name: '' }]);
  }
  if (kind === 'sizes that lie') {
    const entry = new UnixFS({ type: 'file', blockSizes: [1n] });
    return makeNode(entry, [{ cid: below, name: '' }]);
  }
  if (kind === 'a size beyond all limits') {
    const entry = new UnixFS({ type: 'file', blockSizes: [1n << 62n] });
    return makeNode(entry, [{ cid: below, name: '' }]);
  }
  const entry = new UnixFS({ type: kind === 'a symbolic link' ? 'symlink' : 'directory' });
  return makeNode(entry, kind === 'a symbolic link' ? [] : [{ cid: below, name: 'a' }]);
}

// These match their CID: the publisher lies, not the store.
describe('error: content that lies about itself', () => {
  const connections = Object.entries(kinds).filter(([name]) => /^(?:kubo|gateway)$/.test(name));

  test.each([
    ['wrong codec', 'CID_INVALID'],
    ['sizes that lie', 'CONTENT_INVALID'],
    ['a size beyond all limits', 'CONTENT_TOO_LARGE'],
    ['a symbolic link', 'CONTENT_INVALID'],
    ['a directory', 'CONTENT_INVALID'],
  ])('%s', async (kind, code) => {
    const { cid: rootCid, block } = await hostileDag(kind);
    const served = new Map([...blocks, [rootCid.toString(), block] as const]);
    await using server = await startServer(serveContent(served));
    for (const [, connect] of connections) {
      const error = await catchError(() => readContent(connect(server.url), rootCid.toString()));
      expect(error.code).toBe(code);
      expect(error.message).toContain(rootCid.toString());
      expect(error.message).toContain(server.url);
    }
  });
});

describe('error: path tricks', async () => {
  const names = ['../secret', '..', '.', '%2e%2e', 'a\\b', 'a?format=raw', 'a#x', '\u0000'];
  const { cid: directory, blocks: below } = await encodeDirectory(new Map([['a', content]]));

  test.each(names)('%j is the name of no entry', async (name) => {
    await using server = await startServer(serveContent(below));
    for (const connect of [kinds['kubo'], kinds['gateway']]) {
      const source = connect?.(server.url) as ContentSource;
      const error = await catchError(() => readContent(source, `ipfs://${directory}/${name}`));
      expect(error.code).toBe('CONTENT_NOT_FOUND');
      expect(error.message).toContain(directory);
      expect(error.message).toContain(server.url);
    }
    // Names are compared here; they are no part of any request.
    const asked = new Set(server.requests.map((line) => line.replace(/^.*(Qm\w{44}).*$/, '$1')));
    expect([...asked]).toEqual([directory]);
  });

  test.each(['', '/', 'a//b', 'a/'])('%j does not name content', async (path) => {
    await using server = await startServer(serveContent(below));
    const source = kuboSource({ endpoint: server.url });
    const work = () => readContent(source, `ipfs://${directory}/${path}`);
    expect((await catchError(work)).code).toBe('STORAGE_URI_INVALID');
    expect(server.requests).toEqual([]);
  });
});
