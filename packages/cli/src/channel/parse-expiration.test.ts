import { expect, test } from 'vitest';
import { formatBlocks } from './format-blocks.ts';
import { parseExpiration } from './parse-expiration.ts';

const context = { block: 1000n, blockTimeSeconds: 12 };

test.each([
  ['500000', 500_000n],
  ['+1day', 1000n + 7200n],
  ['+30days', 1000n + 216_000n],
  ['+12hours', 1000n + 3600n],
  ['+2weeks', 1000n + 100_800n],
  ['+1minute', 1005n],
  ['+10000blocks', 11_000n],
  ['+1block', 1001n],
])('default: %s', (text, block) => {
  expect(parseExpiration(text, context)).toBe(block);
});

test.each(['', '30days', '+days', '+1.5days', '-1day', 'soon', '+1year'])('error: "%s"', (text) => {
  expect(() => parseExpiration(text, context)).toThrow(
    [
      'This is no time at which a channel can expire.',
      'Place: --expiration',
      'Expected: a block number, or +30days, +12hours, +2weeks, +10000blocks',
      `Found: ${JSON.stringify(text)}`,
    ].join('\n'),
  );
});

test.each([
  [0n, 'expired'],
  [-5n, 'expired'],
  [1n, 'in 1 minute'],
  [10n, 'in 2 minutes'],
  [300n, 'in 1 hour'],
  [7200n, 'in 1 day'],
  [100_100n, 'in 14 days'],
])('behavior: %s blocks of twelve seconds are told as "%s"', (blocks, text) => {
  expect(formatBlocks(blocks, 12)).toBe(text);
});
