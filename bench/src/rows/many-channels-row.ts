import type { Daemon } from '@snetkit/devnet';
import { runLoad } from '../load/run-load.ts';
import type { SignedChannel } from '../payments/signed-channel.ts';
import type { Row } from '../row.ts';
import { parallel, request, turns } from './load-shape.ts';

/** Calls on many channels at once, each channel one after the other. */
export function manyChannelsRow(
  name: string,
  { daemon, channels }: { daemon: Daemon; channels: readonly SignedChannel[] },
): Row {
  const inFlight = channels.length;
  return {
    name,
    inFlight,
    server: daemon,
    async run() {
      const { endpoint } = daemon;
      const payments = channels.map((channel) => channel.take(turns));
      const headersOf = (lane: number, turn: number) => payments[lane]?.[turn] ?? {};
      const load = { ...request, endpoint, calls: parallel, inFlight };
      return runLoad({ ...load, callsPerLane: turns, headersOf });
    },
  };
}
