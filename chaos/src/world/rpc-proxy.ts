import { once } from 'node:events';
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { findPort } from './find-port.ts';

/** `hang`: no answer at all; `busy`: HTTP 429; `refuse`: the connection is cut. */
export type RpcMood = 'forward' | 'hang' | 'busy' | 'refuse';

/** A node of the chain that can have a bad day. */
export interface RpcProxy {
  readonly rpcUrl: string;
  mood: RpcMood;
  close(): Promise<void>;
}

/** Starts it in front of a real node. */
export async function startRpcProxy(rpcUrl: string): Promise<RpcProxy> {
  const server = createServer(async (request, response) => {
    try {
      const body = await buffer(request);
      if (proxy.mood === 'hang') return;
      if (proxy.mood === 'refuse') {
        request.socket.destroy();
        return;
      }
      if (proxy.mood === 'busy') {
        response.writeHead(429, { 'retry-after': '1' }).end('too many requests');
        return;
      }
      const answer = await fetch(rpcUrl, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json' },
      });
      response.writeHead(answer.status, { 'content-type': 'application/json' });
      response.end(Buffer.from(await answer.arrayBuffer()));
    } catch {
      request.socket.destroy();
    }
  });
  server.listen(await findPort(), '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const proxy: RpcProxy = {
    rpcUrl: `http://127.0.0.1:${port}`,
    mood: 'forward',
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return proxy;
}
