import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A JSON-RPC request as it came in. */
export interface IncomingRequest {
  readonly id: number;
  readonly method: string;
  readonly params: readonly unknown[];
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The requests, when several came at once; `method` is `batch` then. */
  readonly batch?: readonly Omit<IncomingRequest, 'headers' | 'batch'>[];
}

/** Answers by itself, or returns false to let the request go on to the real chain. */
export type AnswerRequest = (
  request: IncomingRequest,
  response: ServerResponse,
) => boolean | Promise<boolean>;

/** A real HTTP server that stands in front of a chain, or in place of one. */
export interface RpcServer extends AsyncDisposable {
  /** Ends with `/v3/secret-api-key`, which must not appear anywhere. */
  readonly rpcUrl: string;
  readonly host: string;
  /** Methods of all requests, in order. */
  readonly methods: readonly string[];
}

export async function startRpcServer(answer: AnswerRequest, chainUrl?: string): Promise<RpcServer> {
  const methods: string[] = [];
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    const parsed = JSON.parse(body) as IncomingRequest | IncomingRequest[];
    const batch = Array.isArray(parsed)
      ? { id: 0, method: 'batch', params: [], batch: parsed }
      : undefined;
    const { id, method, params } = batch ?? (parsed as IncomingRequest);
    methods.push(method);
    const incoming = { id, method, params, headers: request.headers, ...batch };
    if (await answer(incoming, response)) return;
    if (chainUrl === undefined) throw new TypeError(`no chain to ask for ${method}`);
    const headers = { 'content-type': 'application/json' };
    const reply = await fetch(chainUrl, { method: 'POST', headers, body });
    response.setHeader('content-type', 'application/json').end(await reply.text());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    rpcUrl: `http://${host}/v3/secret-api-key`,
    host,
    methods,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Sends a JSON-RPC error. */
export function refuse(
  response: ServerResponse,
  { id }: IncomingRequest,
  error: { code: number; message: string; data?: unknown },
): true {
  response.end(JSON.stringify({ jsonrpc: '2.0', id, error }));
  return true;
}

/** Sends a result. */
export function reply(response: ServerResponse, { id }: IncomingRequest, result: unknown): true {
  response.end(JSON.stringify({ jsonrpc: '2.0', id, result }));
  return true;
}

/** Sends an HTTP error. */
export function fail(response: ServerResponse, status: number, text = ''): true {
  response.writeHead(status).end(text);
  return true;
}
