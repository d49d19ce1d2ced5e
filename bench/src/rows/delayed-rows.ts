import type { BenchNetwork } from '../network/bench-network.ts';
import type { SignedChannel } from '../payments/signed-channel.ts';
import type { Row } from '../row.ts';
import { manyChannelsRow } from './many-channels-row.ts';

/**
 * Calls on one daemon while requests to the chain take longer, and while they do not; and how many of
 * those there were.
 */
export function delayedRows(
  { daemon, rpc }: BenchNetwork['delayed'],
  channels: readonly SignedChannel[],
): readonly Row[] {
  const row = (name: string, delayMs: number): Row => {
    const calls = manyChannelsRow(name, { daemon, channels });
    return {
      ...calls,
      async run() {
        rpc.delayMs = delayMs;
        const before = rpc.requests;
        const result = await calls.run();
        return { ...result, counts: { chainRequests: rpc.requests - before } };
      },
    };
  };
  return [
    row('chain not delayed: escrow on 64 channels', 0),
    row('chain delayed by 50 ms: escrow on 64 channels', 50),
  ];
}
