import type { ChainClient } from '@snetkit/contracts';
import { expect, test } from 'vitest';
import { findClaimedAmount } from './find-claimed-amount.ts';

test('behavior: the newest blocks are searched first, down to the one in which the claim started', async () => {
  const ranges: (readonly [number, number])[] = [];
  const client = {
    request: async ({ params }: { params: [{ fromBlock: string; toBlock: string }] }) => {
      ranges.push([Number(params[0].fromBlock), Number(params[0].toBlock)]);
      return [];
    },
  } as unknown as ChainClient;
  const mpe = `0x${'44'.repeat(20)}` as const;
  const claim = { mpe, channelId: 7n, nonce: 0n, fromBlock: 5_000n, toBlock: 25_000n };
  expect(await findClaimedAmount(client, claim)).toBeUndefined();
  expect(ranges).toEqual([
    [15_001, 25_000],
    [5_001, 15_000],
    [5_000, 5_000],
  ]);
});
