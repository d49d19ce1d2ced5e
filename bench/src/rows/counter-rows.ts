import type { OutgoingHttpHeaders } from 'node:http2';
import type { Daemon } from '@snetkit/devnet';
import { runLoad } from '../load/run-load.ts';
import type { Row } from '../row.ts';
import { parallel, request, sequence, turns } from './load-shape.ts';

/** Calls that a counter pays: prepaid and free. The same headers serve every call of a payer. */
export function counterRows(options: {
  daemon: Daemon;
  /** Of the row in sequence, then of each lane. */
  prepaid: readonly OutgoingHttpHeaders[];
  free: readonly OutgoingHttpHeaders[];
}): readonly Row[] {
  const { daemon, prepaid, free } = options;
  const { endpoint } = daemon;
  const [single = {}, ...tokens] = prepaid;
  const inSequence = (name: string, headers: OutgoingHttpHeaders): Row => ({
    name,
    inFlight: 1,
    server: daemon,
    run: () =>
      runLoad({ ...request, endpoint, calls: sequence, inFlight: 1, headersOf: () => headers }),
  });
  const atOnce = (name: string, payers: readonly OutgoingHttpHeaders[]): Row => ({
    name,
    inFlight: payers.length,
    server: daemon,
    run: () =>
      runLoad({
        ...request,
        endpoint,
        calls: parallel,
        callsPerLane: turns,
        inFlight: payers.length,
        headersOf: (lane) => payers[lane] ?? {},
      }),
  });
  return [
    inSequence('prepaid on one token, in sequence', single),
    atOnce('prepaid on 64 tokens', tokens),
    atOnce('free on 64 wallets', free),
  ];
}
