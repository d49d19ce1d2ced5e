import type { Daemon } from '@snetkit/devnet';
import { runLoad } from '../load/run-load.ts';
import type { SignedChannel } from '../payments/signed-channel.ts';
import type { Row } from '../row.ts';
import { parallel, request, sequence } from './load-shape.ts';

/** What a gateway adds to a call that nobody pays for. */
export function gatewayRows(options: {
  /** URL of the service itself. */
  direct: string;
  /** Asks for no payment. */
  unpaid: Daemon;
  /** Payments that nobody reads: what a larger block of headers costs by itself. */
  unread: SignedChannel;
}): readonly Row[] {
  const { direct, unpaid, unread } = options;
  const row = (name: string, server: Daemon | undefined, inFlight: number, calls: number): Row => ({
    name,
    inFlight,
    server,
    run: () => runLoad({ ...request, endpoint: server?.endpoint ?? direct, calls, inFlight }),
  });
  return [
    row('direct, in sequence', undefined, 1, sequence),
    row('direct', undefined, 64, parallel),
    row('unpaid, in sequence', unpaid, 1, sequence),
    {
      name: 'unpaid with payment headers, in sequence',
      inFlight: 1,
      server: unpaid,
      async run() {
        const payments = unread.take(sequence);
        const headersOf = (_lane: number, _turn: number, index: number) => payments[index] ?? {};
        const load = { ...request, endpoint: unpaid.endpoint, calls: sequence, inFlight: 1 };
        return runLoad({ ...load, headersOf });
      },
    },
    row('unpaid', unpaid, 64, parallel),
  ];
}
