import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A JSON-RPC request on its way. */
export interface ProxiedRequest {
  readonly method: string;
  readonly params: readonly unknown[];
}

/** What the proxy does with a request: the answer to give, or one of its moods. */
export type ProxyRule = (
  request: ProxiedRequest,
  forward: (request?: ProxiedRequest) => Promise<unknown>,
) => unknown;

/** A real HTTP endpoint in front of a real node, whose answers a test can spoil. */
export interface RpcProxy {
  readonly rpcUrl: string;
  /** Methods of the requests that came, oldest first. */
  readonly methods: string[];
  /**
   * Decides what becomes of each request: its return value is the result, what it throws the JSON-RPC
   * error; `refuse` closes the socket, `hang` never answers, `limit` answers 429.
   */
  rule: ProxyRule | 'forward' | 'refuse' | 'hang' | 'limit';
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts a proxy in front of a node. */
export async function startRpcProxy(rpcUrl: string): Promise<RpcProxy> {
  const server = createServer(async (request, response) => {
    const body = JSON.parse(await text(request)) as ProxiedRequest & { id: number };
    proxy.methods.push(body.method);
    const { rule } = proxy;
    if (rule === 'hang') return;
    if (rule === 'refuse') return void request.socket.destroy();
    if (rule === 'limit') return void response.writeHead(429).end('too many requests');
    const forward = async ({ method, params }: ProxiedRequest = body) => {
      const payload = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(rpcUrl, { method: 'POST', body: payload, headers });
      const { result, error } = (await answer.json()) as { result?: unknown; error?: unknown };
      if (error !== undefined) throw error;
      return result;
    };
    const end = (part: object) =>
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ jsonrpc: '2.0', id: body.id, ...part }));
    try {
      end({ result: (await (rule === 'forward' ? forward() : rule(body, forward))) ?? null });
    } catch (error) {
      end({ error: error instanceof Error ? { code: -1, message: error.message } : error });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy: RpcProxy = {
    rpcUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    methods: [],
    rule: 'forward',
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return proxy;
}
