import { expect, test } from 'vitest';
import { decodeSearch, encodeSearch } from './search-codec.ts';

const cursor = {
  nextBlock: 90n,
  channelIds: [1n, 2n ** 64n],
  head: { blockNumber: 153n, blockHash: `0x${'ab'.repeat(32)}` },
} as const;

test('default: what was written is read, every digit', () => {
  expect(decodeSearch(encodeSearch(cursor))).toEqual(cursor);
});

test.each([
  'no JSON',
  '{}',
  encodeSearch(cursor).replace('"1"', '1'),
  encodeSearch(cursor).replace('"90"', '"-1"'),
  encodeSearch(cursor).replace('abab', 'zz'),
])('behavior: what cannot be read is not there: %s', (text) => {
  expect(decodeSearch(text)).toBeUndefined();
});
