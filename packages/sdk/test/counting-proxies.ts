import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import {
  connect,
  constants,
  createServer,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo, Server } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A proxy that writes down what passes. */
export interface CountingProxy extends AsyncDisposable {
  readonly url: string;
  /** JSON-RPC methods, or paths of calls, oldest first. */
  readonly passed: string[];
}

/** Stands between a client and the chain. */
export async function startRpcCounter(rpcUrl: string): Promise<CountingProxy> {
  const passed: string[] = [];
  const server = createHttpServer(async (request, response) => {
    const body = await buffer(request);
    const parsed: unknown = JSON.parse(body.toString());
    for (const { method } of (Array.isArray(parsed) ? parsed : [parsed]) as { method: string }[]) {
      passed.push(method);
    }
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(rpcUrl, { method: 'POST', body: new Uint8Array(body), headers });
    response.writeHead(answer.status, headers).end(await answer.text());
  });
  const url = await listen(server);
  return {
    url,
    passed,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Stands between a client and a daemon: gRPC over HTTP/2. */
export async function startCallCounter(endpoint: string): Promise<CountingProxy> {
  const passed: string[] = [];
  const upstream = connect(endpoint);
  const sessions = new Set<ServerHttp2Session>();
  const server = createServer();
  server.on('session', (session) => {
    sessions.add(session);
    session.once('close', () => sessions.delete(session));
  });
  server.on('stream', (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => {
    passed.push(String(headers[':path']));
    const { ':authority': _, ...rest } = headers;
    const request = upstream.request(rest);
    let trailers: IncomingHttpHeaders = {};
    request.on('response', ({ ':status': status, ...fields }, flags) => {
      const endStream = (flags & constants.NGHTTP2_FLAG_END_STREAM) !== 0;
      stream.respond({ ...fields, ':status': status }, { endStream, waitForTrailers: !endStream });
    });
    request.on('trailers', (fields) => {
      trailers = fields;
    });
    stream.on('wantTrailers', () => stream.sendTrailers(trailers));
    stream.on('error', () => request.close());
    request.on('error', () => stream.close());
    stream.pipe(request);
    request.pipe(stream);
  });
  return {
    url: await listen(server),
    passed,
    async [Symbol.asyncDispose]() {
      upstream.destroy();
      for (const session of sessions) session.destroy();
      server.close();
    },
  };
}

async function listen(server: Server | ReturnType<typeof createServer>): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
