import type { Daemon } from '@snetkit/devnet';
import { figuresOf } from '../load/figures-of.ts';
import type { SdkSide } from '../network/sdk-side.ts';
import type { Row } from '../row.ts';
import { sequence } from './load-shape.ts';

/** What a program sees that calls through the SDK: paid, and the same call unpaid. */
export function sdkRows(
  { callPaid, callUnpaid }: SdkSide,
  { paid, unpaid }: { readonly paid: Daemon; readonly unpaid: Daemon },
): readonly Row[] {
  const row = (name: string, server: Daemon, call: () => Promise<unknown>): Row => ({
    name,
    inFlight: 1,
    server,
    async run() {
      const times: number[] = [];
      const started = performance.now();
      for (let made = 0; made < sequence; made += 1) {
        const from = performance.now();
        await call();
        times.push(performance.now() - from);
      }
      return figuresOf(times, performance.now() - started);
    },
  });
  return [
    row('sdk: unpaid call, in sequence', unpaid, callUnpaid),
    row('sdk: paid call, in sequence', paid, callPaid),
  ];
}
