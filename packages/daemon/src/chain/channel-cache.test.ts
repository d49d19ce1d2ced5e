import { expect, test } from 'vitest';
import type { ChannelOnChain } from './chain-view.ts';
import { createChannelCache } from './channel-cache.ts';

const cached = (channelId: bigint) => ({
  channel: { channelId } as ChannelOnChain,
  exactAt: 0n,
});

test('default: the channel that was not used for the longest time goes first', () => {
  const cache = createChannelCache(3);
  for (const id of [1n, 2n, 3n]) cache.set(id, cached(id));
  cache.get(1n);
  cache.set(4n, cached(4n));
  cache.set(3n, cached(3n));
  cache.set(5n, cached(5n));
  expect([1n, 2n, 3n, 4n, 5n].map((id) => cache.get(id)?.channel.channelId)).toEqual([
    undefined,
    undefined,
    3n,
    4n,
    5n,
  ]);
  expect(cache.size).toBe(3);
});

test('behavior: delete and clear', () => {
  const cache = createChannelCache(3);
  cache.set(1n, cached(1n));
  cache.set(2n, cached(2n));
  cache.delete(1n);
  expect(cache.size).toBe(1);
  cache.clear();
  expect(cache.get(2n)).toBeUndefined();
});
