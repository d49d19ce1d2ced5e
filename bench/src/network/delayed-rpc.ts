import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

/** A way to the chain on which every request may take longer. */
export interface DelayedRpc {
  readonly rpcUrl: string;
  /** Milliseconds that a request waits from now on; 0 at first. */
  delayMs: number;
  /** Requests so far. */
  readonly requests: number;
  stop(): void;
}

/** Starts an HTTP endpoint that passes each request on after a pause. */
export async function startDelayedRpc({ rpcUrl }: { rpcUrl: string }): Promise<DelayedRpc> {
  let requests = 0;
  const server = createServer(async (request, response) => {
    requests += 1;
    try {
      const body = await buffer(request);
      await sleep(rpc.delayMs);
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(rpcUrl, { method: 'POST', body: new Uint8Array(body), headers });
      response.writeHead(answer.status, headers).end(await answer.text());
    } catch {
      response.destroy();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const rpc: DelayedRpc = {
    rpcUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    delayMs: 0,
    get requests() {
      return requests;
    },
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
  return rpc;
}
