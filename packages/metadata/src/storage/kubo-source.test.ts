import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { catchError } from '../../test/catch-error.ts';
import { startKubo } from '../../test/start-kubo.ts';
import { encodeFile } from '../content/encode-file.ts';
import { readContent } from '../content/read-content.ts';
import { kuboSource } from './kubo-source.ts';

const { cid, blocks } = await encodeFile(new Uint8Array(300_000).fill(7));

test('default', async () => {
  await using kubo = await startKubo(blocks);
  const source = kuboSource({ endpoint: kubo.url });
  expect(source.name).toBe(kubo.url);
  const bytes = await readContent(source, `ipfs://${cid}`);
  expect(bytes).toEqual(new Uint8Array(300_000).fill(7));
  expect(kubo.requests[0]).toBe(`POST /api/v0/block/get?arg=${cid}`);
  expect(kubo.requests).toHaveLength(3);
});

test('args: endpoint with credentials and a path', async () => {
  const seen: (string | undefined)[] = [];
  await using kubo = await startKubo((_, response, request) => {
    seen.push(request.url, request.headers.authorization);
    response.end('x');
  });
  const endpoint = `${kubo.url.replace('//', '//user:p%40ss@')}/proxy/key1/`;
  const source = kuboSource({ endpoint });
  expect(source.name).toBe(kubo.url);
  await source.readBlock(cid, { maxBytes: 10 });
  const authorization = `Basic ${btoa('user:p@ss')}`;
  expect(seen).toEqual([`/proxy/key1/api/v0/block/get?arg=${cid}`, authorization]);
});

test('args: headers', async () => {
  const seen: (string | undefined)[] = [];
  await using kubo = await startKubo((_, response, request) => {
    seen.push(request.headers.authorization);
    response.end('x');
  });
  const source = kuboSource({ endpoint: kubo.url, headers: { authorization: 'Bearer t' } });
  await source.readBlock(cid, { maxBytes: 10 });
  expect(seen).toEqual(['Bearer t']);
});

test('args: endpoint that is no URL', async () => {
  const error = await catchError(() => kuboSource({ endpoint: '127.0.0.1:5001' }));
  expect(error.message).toBe(`The endpoint of the content source is no URL.
Expected: an http or https URL of a Kubo RPC API, such as http://127.0.0.1:5001
Found: "127.0.0.1:5001"`);
});

test('error: a block that the node does not have', async () => {
  await using kubo = await startKubo(new Map());
  const error = await catchError(() => readContent(kuboSource({ endpoint: kubo.url }), cid));
  expect(error.code).toBe('CONTENT_UNAVAILABLE');
  expect(error.message).toBe(`Block ${cid} is not to be had from ${kubo.url}.
Place: content ${cid} from ${kubo.url}
Found: 500 block was not found locally (offline): ipld: could not find ${cid}`);
});

test('error: an error page of a proxy', async () => {
  await using kubo = await startKubo((_, response) => {
    response.writeHead(502, { 'content-type': 'text/html' });
    response.end(`<html>\r\n<h1>502 Bad Gateway</h1>${'x'.repeat(1e6)}`);
  });
  const error = await catchError(() =>
    kuboSource({ endpoint: kubo.url }).readBlock(cid, { maxBytes: 9 }),
  );
  expect(error.found).toBe('502 Bad Gateway');
});

test('error: nobody listens', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const source = kuboSource({ endpoint: `http://127.0.0.1:${port}` });
  const error = await catchError(() => source.readBlock(cid, { maxBytes: 9 }));
  expect(error.message).toBe(`Block ${cid} is not to be had from http://127.0.0.1:${port}.
Found: connect ECONNREFUSED 127.0.0.1:${port}`);
});

test('error: an answer without end is cut off at the limit', async () => {
  let sent = 0;
  const closed = Promise.withResolvers<void>();
  await using kubo = await startKubo((_, response) => {
    response.on('close', closed.resolve);
    const chunk = Buffer.alloc(64 * 1024);
    const more = () => {
      while (!response.destroyed && response.write(chunk)) sent += chunk.length;
      sent += chunk.length;
    };
    response.on('drain', more);
    more();
  });
  const error = await catchError(() => readContent(kuboSource({ endpoint: kubo.url }), cid));
  expect(error.message).toBe(`Block ${cid} from ${kubo.url} is larger than 2097152 bytes.
Place: content ${cid} from ${kubo.url}`);
  await closed.promise;
  expect(sent).toBeLessThan(64 * 1024 * 1024);
});

test('error: a compressed answer is measured unpacked', async () => {
  await using kubo = await startKubo((_, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' });
    response.end(gzipSync(new Uint8Array(5_000_000)));
  });
  const error = await catchError(() => readContent(kuboSource({ endpoint: kubo.url }), cid));
  expect(error.code).toBe('CONTENT_TOO_LARGE');
});

test.each(['1', '1000000'])(
  'behavior: the announced length %s decides nothing',
  async (announced) => {
    const block = blocks.get(cid) ?? new Uint8Array();
    const server = createServer((socket) => {
      socket.once('data', () => {
        socket.write(
          `HTTP/1.1 200 OK\r\ncontent-length: ${announced}\r\nconnection: close\r\n\r\n`,
        );
        socket.end(block);
      });
      socket.on('error', () => {});
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const source = kuboSource({ endpoint: `http://127.0.0.1:${port}` });
    const error = await catchError(() => readContent(source, cid));
    expect(['CONTENT_MISMATCH', 'CONTENT_UNAVAILABLE']).toContain(error.code);
    expect(error.shortMessage).toContain(cid);
    expect(error.shortMessage).toContain(source.name);
    await new Promise((resolve) => server.close(resolve));
  },
);

test('args: timeoutMs, for a node that never answers', async () => {
  await using kubo = await startKubo(() => {});
  const source = kuboSource({ endpoint: kubo.url, timeoutMs: 20 });
  const error = await catchError(() => readContent(source, cid));
  expect(error.code).toBe('TIMED_OUT');
  expect(error.message).toBe(`Reading block ${cid} from ${kubo.url} took longer than 20 ms.
Place: content ${cid} from ${kubo.url}`);
});

test('args: timeoutMs, for a node that trickles', async () => {
  await using kubo = await startKubo((_, response) => {
    response.write('x');
  });
  const source = kuboSource({ endpoint: kubo.url, timeoutMs: 20 });
  expect((await catchError(() => readContent(source, cid))).code).toBe('TIMED_OUT');
});

test('args: signal closes the connection', async () => {
  const closed = Promise.withResolvers<void>();
  const controller = new AbortController();
  await using kubo = await startKubo((_, response) => {
    response.on('close', closed.resolve);
    controller.abort();
  });
  const source = kuboSource({ endpoint: kubo.url });
  const error = await catchError(() =>
    source.readBlock(cid, { maxBytes: 9, signal: controller.signal }),
  );
  expect(error.message).toBe(`Reading block ${cid} from ${kubo.url} was cancelled.`);
  await closed.promise;
});
