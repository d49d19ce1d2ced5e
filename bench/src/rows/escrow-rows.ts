import type { Daemon } from '@snetkit/devnet';
import { runLoad } from '../load/run-load.ts';
import type { SignedChannel } from '../payments/signed-channel.ts';
import type { Row } from '../row.ts';
import { parallel, request, sequence } from './load-shape.ts';
import { manyChannelsRow } from './many-channels-row.ts';

/** Calls of the row that keeps 32 of one channel in flight. */
export const sharedCalls = parallel / 4;

/** Calls that are paid by escrow, with payments in SQLite. */
export function escrowRows(options: {
  daemon: Daemon;
  single: SignedChannel;
  shared: SignedChannel;
  many: readonly SignedChannel[];
}): readonly Row[] {
  const { daemon, single, shared, many } = options;
  const oneChannel = (
    name: string,
    channel: SignedChannel,
    calls: number,
    inFlight: number,
  ): Row => ({
    name,
    inFlight,
    server: daemon,
    async run() {
      const { endpoint } = daemon;
      const payments = channel.take(calls);
      const headersOf = (_lane: number, _turn: number, index: number) => payments[index] ?? {};
      return runLoad({ ...request, endpoint, calls, inFlight, headersOf });
    },
  });
  return [
    oneChannel('escrow on one channel, in sequence', single, sequence, 1),
    manyChannelsRow('escrow on 64 channels', { daemon, channels: many }),
    oneChannel('escrow on one channel, 32 in flight', shared, sharedCalls, 32),
  ];
}
