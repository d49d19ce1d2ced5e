import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server on a free port of the loopback address that answers `block/get` as Kubo does. */
export interface TestKubo extends AsyncDisposable {
  readonly url: string;
  /** Method and URL of each request, in order. */
  readonly requests: string[];
}

/** Starts a server over the given blocks, or with an answer of the test's own. */
export async function startKubo(
  answer:
    | ReadonlyMap<string, Uint8Array>
    | ((cid: string, response: ServerResponse, request: IncomingMessage) => void),
): Promise<TestKubo> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://kubo');
    const cid = searchParams.get('arg') ?? '';
    if (typeof answer === 'function') return answer(cid, response, request);
    const block = answer.get(cid);
    if (request.method !== 'POST' || pathname !== '/api/v0/block/get') {
      response.writeHead(405).end();
    } else if (block === undefined) {
      const Message = `block was not found locally (offline): ipld: could not find ${cid}`;
      response.writeHead(500, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ Message, Code: 0, Type: 'error' }));
    } else {
      response.writeHead(200, { 'content-type': 'application/vnd.ipld.raw' }).end(block);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
