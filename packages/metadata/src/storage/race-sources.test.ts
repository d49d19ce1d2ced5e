import type { BaseError } from '@snetkit/core';
import fc from 'fast-check';
import { CID } from 'multiformats/cid';
import { describe, expect, test } from 'vitest';
import { catchError } from '../../test/catch-error.ts';
import { serveContent } from '../../test/serve-content.ts';
import { startServer } from '../../test/start-server.ts';
import type { BlockSource, ContentSource, FileSource } from '../content/content-source.ts';
import { encodeDirectory, encodeFile } from '../content/encode-file.ts';
import { fetchContent } from '../content/fetch-content.ts';
import { mapSource } from '../content/map-source.ts';
import { readContent } from '../content/read-content.ts';
import { fileGatewaySource, gatewaySource } from './gateway-source.ts';
import { raceSources } from './race-sources.ts';

const content = new Uint8Array(300_000).fill(9);
const { cid, blocks } = await encodeFile(content);
const honest = mapSource(blocks, { name: 'honest' });
const liar: BlockSource = { name: 'liar', readBlock: async () => Uint8Array.of(1, 2, 3) };
const empty = mapSource(new Map(), { name: 'empty' });

/** A source that never answers, and tells when nobody waits for it any longer. */
function hang(name = 'deaf') {
  const cancelled = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  const source: BlockSource = {
    name,
    readBlock(_, { signal }) {
      asked.resolve();
      signal?.addEventListener('abort', () => cancelled.resolve());
      return new Promise(() => {});
    },
  };
  return { source, asked: asked.promise, cancelled: cancelled.promise };
}

test('default: the first source answers and no other is asked', async () => {
  let asked = 0;
  const second: BlockSource = { name: 'second', readBlock: async () => Uint8Array.of(++asked) };
  const delivery = await fetchContent(raceSources([honest, second], { hedgeMs: 60_000 }), cid);
  expect(delivery).toEqual({ bytes: content, provider: 'honest', refused: [] });
  expect(asked).toBe(0);
});

test('behavior: a liar does not win, and makes place at once', async () => {
  const source = raceSources([liar, empty, honest], { hedgeMs: 60_000 });
  const { provider, refused } = await fetchContent(source, cid, { timeoutMs: 10_000 });
  expect(provider).toBe('honest');
  expect(refused.map(({ provider, code }) => `${provider} ${code}`)).toEqual([
    'liar CONTENT_MISMATCH',
    'empty CONTENT_UNAVAILABLE',
  ]);
});

test('behavior: a source that hangs is hedged, and cancelled when another wins', async () => {
  const deaf = hang();
  const { provider } = await fetchContent(raceSources([deaf.source, honest], { hedgeMs: 1 }), cid);
  expect(provider).toBe('honest');
  await deaf.cancelled;
});

test('behavior: losers are cancelled, however long the caller goes on', async () => {
  const deaf = hang();
  const request = {
    cid: CID.parse(cid),
    path: [],
    maxBytes: 1e6,
    maxBlocks: 9,
    signal: new AbortController().signal,
  };
  await raceSources([deaf.source, honest], { hedgeMs: 0 }).deliver(request);
  await deaf.cancelled;
});

test('behavior: a liar that answers first loses against an honest source that is slower', async () => {
  const lied = Promise.withResolvers<void>();
  const quick: BlockSource = {
    name: 'quick liar',
    readBlock: async () => {
      lied.resolve();
      return Uint8Array.of(1);
    },
  };
  const slow: BlockSource = {
    name: 'slow',
    readBlock: async (name, options) => {
      await lied.promise;
      return honest.readBlock(name, options);
    },
  };
  const { provider, bytes } = await fetchContent(raceSources([quick, slow], { hedgeMs: 0 }), cid);
  expect(provider).toBe('slow');
  expect(Buffer.compare(bytes, content)).toBe(0);
});

test('behavior: sources of every kind race, and the connections of losers are closed', async () => {
  const closed = Promise.withResolvers<void>();
  await using deaf = await startServer((response) => {
    response.on('close', closed.resolve);
  });
  await using gateway = await startServer(serveContent(blocks));
  await using files = await startServer(serveContent(new Map(), new Map([[cid, content]])));
  const source = raceSources(
    [gatewaySource({ endpoint: deaf.url }), fileGatewaySource({ endpoint: files.url })],
    { hedgeMs: 1 },
  );
  expect(source.name).toBe(`${deaf.url}, ${files.url}`);
  const inner = raceSources([source, gatewaySource({ endpoint: gateway.url })]);
  expect(Buffer.compare(await readContent(inner, cid), content)).toBe(0);
  await closed.promise;
});

test('args: timeoutMs is for each source', async () => {
  const [first, second] = [hang('first'), hang('second')];
  const source = raceSources([first.source, second.source, honest], { hedgeMs: 1e9, timeoutMs: 5 });
  const { provider, refused } = await fetchContent(source, cid);
  expect(provider).toBe('honest');
  expect(refused.map(({ message }) => message)).toEqual([
    `Reading ${cid} from first took longer than 5 ms.`,
    `Reading ${cid} from second took longer than 5 ms.`,
  ]);
});

test('args: hedgeMs 0 asks all at once', async () => {
  const sources = [hang('a'), hang('b'), hang('c')];
  const controller = new AbortController();
  const { signal } = controller;
  const source = raceSources(
    sources.map((one) => one.source),
    { hedgeMs: 0 },
  );
  const reading = catchError(() => readContent(source, cid, { signal }));
  await Promise.all(sources.map(({ asked }) => asked));
  controller.abort();
  expect((await reading).message).toBe(`Reading ${cid} from a, b, c was cancelled.`);
  await Promise.all(sources.map(({ cancelled }) => cancelled));
});

describe('error: nobody delivers', () => {
  test('default: every provider and what it did', async () => {
    const error = await catchError(() => readContent(raceSources([liar, empty]), cid));
    expect(error.code).toBe('CONTENT_UNAVAILABLE');
    expect(error.message).toBe(`Content of ${cid} is not to be had from any of 2 providers.
Found: Content of ${cid} from liar does not match its CID. Found: 3 bytes that have the CID QmNaZbPKs9E11qawNuEs7mSW7KXQ7TQ6Y2X2ovcvE1sUJk
  Block ${cid} is not to be had from empty.
Fix: Check that the providers are reachable and have the content, or add another one.`);
  });

  test('behavior: when all do the same, the error has that code', async () => {
    const other: ContentSource = { ...liar, name: 'another liar' };
    const error = await catchError(() => readContent(raceSources([liar, other]), cid));
    expect(error.code).toBe('CONTENT_MISMATCH');
  });

  test('behavior: one server asked in two ways is one provider', async () => {
    await using server = await startServer((response) => response.writeHead(404).end());
    const endpoint = server.url;
    const source = raceSources([gatewaySource({ endpoint }), fileGatewaySource({ endpoint })]);
    expect(source.name).toBe(server.url);
    const error = await catchError(() => readContent(source, cid));
    expect(error.shortMessage).toBe(`Content of ${cid} is not to be had from 1 provider.`);
  });
});

test('error: no source', async () => {
  const error = await catchError(() => raceSources([]));
  expect(error.code).toBe('CONTENT_SOURCE_MISSING');
});

test('behavior: a path below a directory is read where blocks are', async () => {
  const wrapped = await encodeDirectory(new Map([['a', content]]));
  await using files = await startServer(serveContent(new Map(), new Map([[wrapped.cid, content]])));
  const sources = [
    fileGatewaySource({ endpoint: files.url }),
    mapSource(wrapped.blocks, { name: 'blocks' }),
  ];
  const { provider, refused } = await fetchContent(raceSources(sources), `${wrapped.cid}/a`);
  expect(provider).toBe('blocks');
  expect(refused.map(({ code }) => code)).toEqual(['CONTENT_UNVERIFIABLE']);
  expect(files.requests).toEqual([]);
});

test('behavior: one honest source among any others is enough, and needed', async () => {
  const small = await encodeFile(Uint8Array.of(1, 2, 3));
  const makers = {
    honest: (name: string) => mapSource(small.blocks, { name }),
    liar: (name: string) => ({ ...liar, name }),
    empty: (name: string) => mapSource(new Map(), { name }),
    deaf: (name: string) => hang(name).source,
    files: (name: string): FileSource => ({ name, readFile: async () => Uint8Array.of(3, 2, 1) }),
    broken: (name: string): BlockSource => ({
      name,
      readBlock: () => Promise.reject(new TypeError('on purpose')),
    }),
  };
  const kind = fc.constantFrom(...(Object.keys(makers) as (keyof typeof makers)[]));
  const kinds = fc.array(kind, { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(kinds, fc.constantFrom(0, 1), async (list, hedgeMs) => {
      const sources = list.map((one, i) => makers[one](`${one}${i}`));
      // Only where nobody delivers is a time-out waited for.
      const timeoutMs = list.includes('honest') ? 30_000 : 20;
      const source = raceSources(sources, { hedgeMs, timeoutMs });
      const outcome = await fetchContent(source, small.cid).catch((error: BaseError) => error);
      if (list.includes('honest')) {
        expect(outcome).toMatchObject({ provider: expect.stringMatching(/^honest/) });
        expect(outcome).toHaveProperty('bytes', Uint8Array.of(1, 2, 3));
      } else {
        const { message } = outcome as BaseError;
        for (const { name } of sources) expect(message).toContain(name);
        expect(message).toContain(small.cid);
      }
    }),
    { numRuns: 60 },
  );
});
