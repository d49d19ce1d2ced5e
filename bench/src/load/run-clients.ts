import type { OutgoingHttpHeaders } from 'node:http2';
import { type LoadResult, runLoad } from './run-load.ts';

/** Clients with a connection and payments each, which call one after the other. Every call must succeed. */
export async function runClients(options: {
  endpoint: string;
  path: string;
  body: Uint8Array;
  /** Of each client, in order. */
  payments: readonly (readonly OutgoingHttpHeaders[])[];
}): Promise<LoadResult> {
  const { payments, ...call } = options;
  const began = performance.now();
  const results = await Promise.all(
    payments.map((own) =>
      runLoad({ ...call, calls: own.length, inFlight: 1, headersOf: (_, turn) => own[turn] ?? {} }),
    ),
  );
  const calls = results.reduce((sum, result) => sum + result.calls, 0);
  const p50s = results.map(({ p50 }) => p50).toSorted((a, b) => a - b);
  return {
    calls,
    callsPerSecond: calls / ((performance.now() - began) / 1000),
    // Of the client in the middle, and of the one that waited longest.
    p50: p50s[Math.floor(p50s.length / 2)] ?? 0,
    p99: Math.max(...results.map(({ p99 }) => p99)),
  };
}
