import { connectRawClient } from '../transport/raw-client.ts';

/** A well-behaved client, one call after the other on one connection. */
export interface Neighbour {
  finish(): Promise<{ calls: number; lost: readonly string[]; slowestMs: number }>;
}

/** Starts to call. */
export async function startNeighbour(endpoint: string): Promise<Neighbour> {
  const client = await connectRawClient(endpoint);
  const lost: string[] = [];
  let [calls, slowestMs, isOver] = [0, 0, false];
  const running = (async () => {
    while (!isOver) {
      const startedAt = performance.now();
      const call = client.call('/echo.Service/Call');
      call.end('hello');
      const { status, message } = await call.ended;
      if (status !== '0') lost.push(`${status} ${message}`);
      calls++;
      slowestMs = Math.max(slowestMs, performance.now() - startedAt);
    }
    await client[Symbol.asyncDispose]();
  })();
  return {
    async finish() {
      isOver = true;
      await running;
      return { calls, lost, slowestMs };
    },
  };
}
