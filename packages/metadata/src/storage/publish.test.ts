import { createHash } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { catchError } from '../../test/catch-error.ts';
import { type Answer, startServer } from '../../test/start-server.ts';
import { vectors } from '../../test/vectors.ts';
import { encodeFile } from '../content/encode-file.ts';
import { kuboStore } from './kubo-store.ts';
import { lighthouseStore } from './lighthouse-store.ts';
import { publishDirectory } from './publish-directory.ts';
import { publishFile } from './publish-file.ts';
import { publishMetadata } from './publish-metadata.ts';
import { publishProtoArchive } from './publish-proto-archive.ts';

const bytes = new TextEncoder().encode('hello world');
const { cid } = await encodeFile(bytes);
const { cid: cidV1 } = await encodeFile(bytes, { cidVersion: 1 });
const secret = 'b4f3.5d2c-SECRET-key';

/** What a store was sent. */
interface Upload {
  readonly url: string;
  readonly headers: Record<string, unknown>;
  readonly files: { readonly field: string; readonly name: string; readonly bytes: Uint8Array }[];
}

/** A store that keeps what it is sent and answers with lines. */
function recordUploads(uploads: Upload[], lines: readonly object[] | string): Answer {
  return async (response, request) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const type = request.headers['content-type'] ?? '';
    const form = await new Response(Buffer.concat(parts), {
      headers: { 'content-type': type },
    }).formData();
    const files = [];
    for (const [field, value] of form) {
      if (typeof value === 'string') throw new TypeError('a text');
      files.push({ field, name: value.name, bytes: await value.bytes() });
    }
    uploads.push({ url: request.url ?? '', headers: request.headers, files });
    const body =
      typeof lines === 'string' ? lines : lines.map((one) => `${JSON.stringify(one)}\n`).join('');
    response.writeHead(200, { 'content-type': 'application/json' }).end(body);
  };
}

const added = (hash: string, name = 'x') => ({ Name: name, Hash: hash, Size: '19' });

describe('kuboStore', () => {
  test('default', async () => {
    const uploads: Upload[] = [];
    await using kubo = await startServer(recordUploads(uploads, [added(cid)]));
    const published = await publishFile(kuboStore({ endpoint: kubo.url }), bytes, {
      name: 'a.txt',
    });
    expect(published).toEqual({ uri: `ipfs://${cid}`, cid, provider: kubo.url });
    expect(kubo.requests).toEqual([
      'POST /api/v0/add?pin=true&cid-version=0&raw-leaves=false&chunker=size-262144&hash=sha2-256',
    ]);
    expect(uploads[0]?.files).toEqual([{ field: 'file', name: 'a.txt', bytes }]);
  });

  test('behavior: lines of progress are passed over', async () => {
    const lines = [{ Name: 'x', Bytes: 11 }, added(cid), { Name: 'x', Bytes: 12 }];
    await using kubo = await startServer(recordUploads([], lines));
    expect((await publishFile(kuboStore({ endpoint: kubo.url }), bytes)).cid).toBe(cid);
  });

  test('vector: asset wrapped in a directory', async () => {
    const { file, content_utf8, entries, asset_value } = vectors.cids.asset_wrapped_in_directory;
    const hash = entries.find(({ path }) => path === '')?.cid ?? '';
    const uploads: Upload[] = [];
    const lines = [added('QmInner', file), added(hash, '')];
    await using kubo = await startServer(recordUploads(uploads, lines));
    const content = new TextEncoder().encode(content_utf8);
    const store = kuboStore({ endpoint: kubo.url });
    const { uri, assets } = await publishDirectory(store, new Map([[file, content]]));
    expect(uri).toBe(`ipfs://${hash}`);
    expect(assets.get(file)).toBe(asset_value);
    expect(uploads[0]?.url).toContain('wrap-with-directory=true');
    expect(uploads[0]?.files).toEqual([{ field: 'file', name: file, bytes: content }]);
  });

  test.each([cidV1, 'QmT78zSuBmuS4z925WZfrqQ1qHaJ56DQaTfyMUF7F8ff5o', '../../etc', ''])(
    'error: the node answers %j',
    async (answer) => {
      await using kubo = await startServer(recordUploads([], [added(answer)]));
      const store = kuboStore({ endpoint: kubo.url });
      const error = await catchError(() => publishFile(store, bytes));
      expect(error.code).toBe('CONTENT_MISMATCH');
      expect(error.message).toBe(`${kubo.url} stored other content than it was given.
Expected: the CID ${cid}
Found: ${JSON.stringify(answer)}
Fix: Do not use this address; publish with another store.`);
      const wrapped = await catchError(() => publishDirectory(store, new Map([['a', bytes]])));
      expect(wrapped.code).toBe('CONTENT_MISMATCH');
    },
  );

  test.each(['', 'no JSON', '[]', '{"Hash":3}', '\u0000'])(
    'error: the node answers the text %j',
    async (text) => {
      await using kubo = await startServer(recordUploads([], text));
      const store = kuboStore({ endpoint: kubo.url });
      const error = await catchError(() => publishFile(store, bytes));
      expect(error.message).toBe(
        `${kubo.url} did not take the content.\nFound: an answer without a CID`,
      );
    },
  );

  test('error: the node refuses', async () => {
    await using kubo = await startServer((response) => {
      response.writeHead(500).end(JSON.stringify({ Message: 'no space left', Code: 0 }));
    });
    const error = await catchError(() => publishFile(kuboStore({ endpoint: kubo.url }), bytes));
    expect(error.code).toBe('PUBLISH_FAILED');
    expect(error.message).toBe(`${kubo.url} did not take the content.\nFound: 500 no space left`);
  });

  test('args: timeoutMs and signal', async () => {
    await using kubo = await startServer(() => {});
    const store = kuboStore({ endpoint: kubo.url, timeoutMs: 20 });
    const error = await catchError(() => publishFile(store, bytes));
    expect(error.message).toBe(`Publishing to ${kubo.url} took longer than 20 ms.`);
    const signal = AbortSignal.abort();
    const aborted = await catchError(() => publishFile(store, bytes, { signal }));
    expect(aborted.code).toBe('ABORTED');
  });
});

describe('lighthouseStore', () => {
  test.each([cid, cidV1])('default: the answer %s names the same bytes', async (answer) => {
    const uploads: Upload[] = [];
    await using node = await startServer(recordUploads(uploads, [added(answer)]));
    const store = lighthouseStore({ endpoint: node.url, apiKey: secret });
    const published = await publishFile(store, bytes, { name: 'service.json' });
    expect(published).toEqual({ uri: `filecoin://${answer}`, cid: answer, provider: node.url });
    expect(uploads[0]).toMatchObject({
      url: '/api/v0/add',
      headers: {
        authorization: `Bearer ${secret}`,
        encryption: 'false',
        'mime-type': 'application/octet-stream',
      },
      files: [{ field: 'file', name: 'service.json', bytes }],
    });
  });

  test('error: the answer names other bytes', async () => {
    const other = 'QmT78zSuBmuS4z925WZfrqQ1qHaJ56DQaTfyMUF7F8ff5o';
    await using node = await startServer(recordUploads([], [added(other)]));
    const store = lighthouseStore({ endpoint: node.url, apiKey: secret });
    expect((await catchError(() => publishFile(store, bytes))).code).toBe('CONTENT_MISMATCH');
  });

  test('error: the answer is no CID', async () => {
    await using node = await startServer(recordUploads([], [added('x')]));
    const store = lighthouseStore({ endpoint: node.url, apiKey: secret });
    const error = await catchError(() => publishFile(store, bytes));
    expect(error.code).toBe('CID_INVALID');
    expect(error.place).toBe(`answer of ${node.url}`);
  });

  test('error: directories', async () => {
    const store = lighthouseStore({ apiKey: secret });
    const error = await catchError(() => publishDirectory(store, new Map([['a', bytes]])));
    expect(error.message).toBe(`This directory cannot be published.
Expected: a store that takes directories, and at least one file
Found: https://node.lighthouse.storage, which takes single files`);
  });

  test('behavior: the key is in no error and in no inspection', async () => {
    await using node = await startServer((response, request) => {
      const page = `${'-'.repeat(180)}invalid ${request.headers.authorization?.slice(7)}`;
      response.writeHead(401, { 'content-type': 'text/plain' }).end(page);
    });
    const store = lighthouseStore({ endpoint: node.url, apiKey: secret });
    const error = await catchError(() => publishFile(store, bytes));
    expect(error.code).toBe('PUBLISH_FAILED');
    await node[Symbol.asyncDispose]();
    const gone = await catchError(() => publishFile(store, bytes));
    const invalid = await catchError(() => lighthouseStore({ apiKey: `${secret}\n` }));
    const shown = [error, gone, invalid, store].map((one) =>
      [inspect(one, { depth: 9, showHidden: true }), JSON.stringify(one)].join(),
    );
    for (const part of [secret, secret.slice(0, 8)]) expect(shown.join()).not.toContain(part);
  });

  test('error: the API key would cross the network in the clear', async () => {
    const endpoint = 'http://node.example';
    const error = await catchError(() => lighthouseStore({ endpoint, apiKey: secret }));
    expect(error.message).toBe(`The API key of Lighthouse would cross the network in the clear.
Place: http://node.example
Expected: a URL that starts with https://`);
    for (const host of ['http://localhost:1', 'http://127.0.0.1:1', 'http://[::1]:1']) {
      expect(lighthouseStore({ endpoint: host, apiKey: secret }).name).toBe(host);
    }
  });
});

test('publishMetadata: the bytes of the official CLI, whoever publishes', async () => {
  const vector = vectors.cids.cases.find(({ label }) => label.startsWith('service metadata bytes'));
  const uploads: Upload[] = [];
  await using kubo = await startServer(
    recordUploads(uploads, [added(vector?.cid_v0_dag_pb ?? '')]),
  );
  const document = JSON.parse(vector?.text ?? '');
  const published = await publishMetadata(kuboStore({ endpoint: kubo.url }), document);
  expect(published.uri).toBe(`ipfs://${vector?.cid_v0_dag_pb}`);
  const sent = uploads[0]?.files[0]?.bytes ?? new Uint8Array();
  expect(createHash('sha256').update(sent).digest('hex')).toBe(vector?.sha256);
});

test('publishProtoArchive: the same protos have the same address', async () => {
  const files = new Map([
    ['b.proto', 'syntax = "proto3";\nimport "sub/a.proto";\n'],
    ['sub/a.proto', 'syntax = "proto3";\npackage sub; // ünï\n'],
  ]);
  const known = 'QmZiXEZhgH2GmAxpqD34h84biw9EBMNr5im34ev1SYHRcy';
  await using kubo = await startServer(recordUploads([], [added(known)]));
  const store = kuboStore({ endpoint: kubo.url });
  expect((await publishProtoArchive(store, files)).uri).toBe(`ipfs://${known}`);
  const turned = new Map([...files].reverse());
  expect((await publishProtoArchive(store, turned)).uri).toBe(`ipfs://${known}`);
});
