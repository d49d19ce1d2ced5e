import type { EscrowEvent } from '@snetkit/contracts';
import { expect, test } from 'vitest';
import { mergeEvents, noRecentEvents } from './recent-events.ts';

const event = (channelId: bigint, blockNumber: bigint, fork = 'a', logIndex = 0): EscrowEvent => ({
  type: 'ChannelAddFunds',
  channelId,
  additionalFunds: 1n,
  blockNumber,
  blockHash: `0x${fork}${blockNumber}`,
  transactionHash: '0x',
  logIndex,
});

test('default: what is new is told apart from what was known', () => {
  const known = { from: 5n, events: [event(1n, 8n), event(2n, 9n)] };
  const read = [event(2n, 9n), event(1n, 11n), event(3n, 12n)];
  expect(mergeEvents(known, read, { from: 9n, known: 10n, keep: 0n })).toEqual({
    recent: { from: 5n, events: [event(1n, 8n), ...read] },
    added: [event(1n, 11n), event(3n, 12n)],
    doubtful: new Set(),
  });
});

test('behavior: an event that is gone, or comes late, makes its channel doubtful', () => {
  const known = { from: 5n, events: [event(1n, 9n), event(2n, 9n, 'a', 1), event(4n, 10n)] };
  const read = [event(1n, 9n), event(3n, 9n, 'a', 2), event(4n, 10n, 'b')];
  const merged = mergeEvents(known, read, { from: 9n, known: 10n, keep: 0n });
  expect(merged.doubtful).toEqual(new Set([2n, 3n, 4n]));
  expect(merged.added).toEqual([]);
  expect(merged.recent.events).toEqual(read);
});

test('behavior: old blocks are forgotten', () => {
  const known = { from: 5n, events: [event(1n, 8n)] };
  const { recent } = mergeEvents(known, [event(1n, 20n)], { from: 11n, known: 10n, keep: 9n });
  expect(recent).toEqual({ from: 9n, events: [event(1n, 20n)] });
  expect(noRecentEvents(7n)).toEqual({ from: 7n, events: [] });
});
