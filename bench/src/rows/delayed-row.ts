import type { BenchNetwork } from '../network/bench-network.ts';
import type { SignedChannel } from '../payments/signed-channel.ts';
import type { Row } from '../row.ts';
import { manyChannelsRow } from './many-channels-row.ts';

/** Calls while every request to the chain takes longer, and how many of those there were. */
export function delayedRow(
  { daemon, rpc }: BenchNetwork['delayed'],
  channels: readonly SignedChannel[],
): Row {
  const row = manyChannelsRow('delayed chain: escrow on 64 channels', { daemon, channels });
  return {
    ...row,
    async run() {
      const before = rpc.requests;
      const result = await row.run();
      return { ...result, counts: { chainRequests: rpc.requests - before } };
    },
  };
}
