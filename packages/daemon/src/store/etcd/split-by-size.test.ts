import { expect, test } from 'vitest';
import type { CommitItem } from '../store.ts';
import { splitBySize } from './split-by-size.ts';

function item(checks: number, writes: number, valueBytes = 10): CommitItem {
  return {
    checks: Array.from({ length: checks }, (_, i) => ({ key: `k${i}`, version: 1n })),
    writes: Array.from({ length: writes }, (_, i) => ({
      key: `k${i}`,
      value: new Uint8Array(valueBytes),
    })),
  };
}

const sizes = (items: readonly CommitItem[], extraChecks = 1) =>
  splitBySize(items, extraChecks).map((part) => part.length);

test('default: at most 120 items in a part, in their order', () => {
  const items = Array.from({ length: 250 }, () => item(1, 1));
  expect(sizes(items)).toEqual([120, 120, 10]);
  expect(splitBySize(items, 1).flat()).toEqual(items);
  expect(sizes([])).toEqual([]);
});

test('behavior: outer and inner operations share one limit of 128', () => {
  const small = Array.from({ length: 119 }, () => item(1, 1));
  expect(sizes([...small, item(7, 1)])).toEqual([120]);
  expect(sizes([...small, item(8, 1)])).toEqual([119, 1]);
  expect(sizes([...small, item(1, 9)])).toEqual([119, 1]);
  expect(sizes([{ ...item(6, 1), deadOwners: ['a', 'b'] }, ...small])).toEqual([119, 1]);
});

test('behavior: an item that is too large for all others stands alone', () => {
  expect(sizes([item(1, 1), item(126, 1), item(1, 1)])).toEqual([1, 1, 1]);
  expect(sizes([item(1, 1), item(1, 1, 2 ** 20), item(1, 1)])).toEqual([1, 1, 1]);
});

test('behavior: a part stays below 1 MiB', () => {
  const items = Array.from({ length: 12 }, () => item(1, 1, 100_000));
  expect(sizes(items)).toEqual([10, 2]);
});
