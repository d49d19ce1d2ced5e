import type { ChainClient } from '@snetkit/contracts';
import { countBy } from './counters.ts';
import { type Histogram, observe } from './metrics/histogram.ts';

/** What is counted about requests to the node. */
export interface ChainRequestCounters {
  /** Requests sent, by JSON-RPC method. */
  readonly requests: Record<string, number>;
  /** Requests that failed, for whatever reason. */
  failures: number;
  /** How long they took. */
  readonly latency?: Histogram;
}

type Request = (args: { method: string; params?: unknown }, options?: object) => Promise<unknown>;

/** Counts each request of a chain client where it leaves; returns the same client. */
export function countChainRequests(
  client: ChainClient,
  counters: ChainRequestCounters,
): ChainClient {
  const send = client.request as unknown as Request;
  const request: Request = async (args, options) => {
    countBy(counters.requests, args.method);
    const startedAt = performance.now();
    try {
      return await send(args, options);
    } catch (error) {
      counters.failures += 1;
      throw error;
    } finally {
      if (counters.latency) observe(counters.latency, performance.now() - startedAt);
    }
  };
  // In place: the client is known by its identity elsewhere.
  return Object.assign(client, { request });
}
