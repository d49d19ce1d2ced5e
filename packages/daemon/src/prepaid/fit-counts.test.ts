import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitCounts } from './fit-counts.ts';

const max = 2n ** 64n - 1n;

test('default: counts of 64 bits stay as they are', () => {
  expect(fitCounts({ planned: max, used: 7n })).toEqual({ plannedAmount: max, usedAmount: 7n });
});

test('behavior: larger counts are told as what is left', () => {
  expect(fitCounts({ planned: max + 5n, used: max - 5n })).toEqual({
    plannedAmount: 10n,
    usedAmount: 0n,
  });
  expect(fitCounts({ planned: 3n * max, used: max })).toEqual({
    plannedAmount: max,
    usedAmount: 0n,
  });
});

test('behavior: nobody is told more than there is, and nothing that does not fit', () => {
  const count = fc.bigInt({ min: 0n, max: 2n ** 70n });
  fc.assert(
    fc.property(count, count, (planned, used) => {
      const { plannedAmount, usedAmount } = fitCounts({ planned, used });
      expect(plannedAmount <= max && usedAmount <= max && usedAmount >= 0n).toBe(true);
      expect(plannedAmount - usedAmount <= (planned > used ? planned - used : 0n)).toBe(true);
    }),
  );
});
