import { connectRawClient } from '../transport/raw-client.ts';

/** A well-behaved client, one call after the other on one connection. */
export interface Neighbour {
  calls(): number;
  /** Ends of the calls that did not go well. */
  lost(): readonly string[];
  stop(): Promise<void>;
}

/** Starts to call. */
export async function startNeighbour(endpoint: string): Promise<Neighbour> {
  const client = await connectRawClient(endpoint);
  const lost: string[] = [];
  let [calls, isOver] = [0, false];
  const running = (async () => {
    while (!isOver) {
      const call = client.call('/echo.Service/Call');
      call.end('hello');
      const { status, message } = await call.ended;
      if (status !== '0' && !isOver) lost.push(`${status} ${message}`);
      calls++;
    }
    await client[Symbol.asyncDispose]();
  })();
  return {
    calls: () => calls,
    lost: () => lost,
    async stop() {
      isOver = true;
      client.session.destroy();
      await running;
    },
  };
}
