import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sdkVectors } from '../../test/vectors.ts';
import { maxUint256 } from '../bytes/uint256.ts';
import { formatAmount, formatTokens } from './format-amount.ts';
import { parseAmount } from './parse-amount.ts';

const fet = { symbol: 'FET', decimals: 18 };
const agix = { symbol: 'AGIX', decimals: 8 };
const vectors = sdkVectors.token_amounts;

test.each(vectors.map((one) => [`${one.amount} ${one.token}`, one] as const))(
  'default: %s',
  (text, one) => {
    const token = { symbol: one.token, decimals: one.decimals };
    if (one.cogs === null) {
      expect(() => parseAmount(text, token)).toThrow('The amount is not a whole number of cogs.');
      return;
    }
    expect(parseAmount(text, token)).toBe(BigInt(one.cogs));
    expect(parseAmount(one.amount, token)).toBe(BigInt(one.cogs));
    expect(formatAmount(BigInt(one.cogs), token)).toBe(text);
  },
);

test.each([
  ['1.5 FET', 1_500_000_000_000_000_000n],
  ['1.5', 1_500_000_000_000_000_000n],
  ['1.50000000000000000000000 fet', 1_500_000_000_000_000_000n],
  ['100 cogs', 100n],
  ['1 cog', 1n],
  ['100cogs', 100n],
  ['100.0 COGS', 100n],
  ['  0 FET ', 0n],
  ['0007 cogs', 7n],
])('behavior: %j', (text, cogs) => {
  expect(parseAmount(text, fet)).toBe(cogs);
});

test('behavior: a token without decimals', () => {
  expect(parseAmount('3 ONE', { symbol: 'ONE', decimals: 0 })).toBe(3n);
  expect(formatAmount(3n, { symbol: 'ONE', decimals: 0 })).toBe('3 ONE');
});

test('behavior: a negative difference is shown with its sign', () => {
  expect(formatAmount(-1_500_000_000_000_000_000n, fet)).toBe('-1.5 FET');
  expect(formatTokens(-1n, 8)).toBe('-0.00000001');
});

test('behavior: reads back what it writes', () => {
  const cogs = fc.bigInt({ min: 0n, max: maxUint256 });
  const decimals = fc.integer({ min: 0, max: 30 });
  fc.assert(
    fc.property(cogs, decimals, (amount, places) => {
      const token = { symbol: 'FET', decimals: places };
      expect(parseAmount(formatAmount(amount, token), token)).toBe(amount);
      expect(parseAmount(`${amount} cogs`, token)).toBe(amount);
      expect(formatTokens(amount, places)).toMatch(/^(0|[1-9][0-9]*)(\.[0-9]*[1-9])?$/);
    }),
  );
});

test('error: not an amount', () => {
  expect(() =>
    parseAmount('a lot', fet, { place: '--amount' }),
  ).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: This is not an amount.
    Place: --amount
    Expected: a plain decimal with a unit, such as "1.5 FET" or "100 cogs"
    Found: "a lot"]
  `);
});

test.each([
  '',
  ' ',
  '-1',
  '+1',
  '1e3',
  '.5',
  '1.',
  '1,5',
  '1_000',
  '1 000',
  '0x10',
  '1 FET FET',
  '１',
])('error: %j', (text) => {
  expect(() => parseAmount(text, fet)).toThrow(
    expect.objectContaining({ code: 'AMOUNT_INVALID', shortMessage: 'This is not an amount.' }),
  );
});

test('error: another unit', () => {
  expect(() => parseAmount('1.5 AGIX', fet)).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: The unit of the amount is unknown.
    Expected: FET or cogs
    Found: "1.5 AGIX"
    Fix: Amounts are in FET here; write "1.5 FET" if that is what you mean.]
  `);
  expect(() => parseAmount('1 wei', fet)).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: The unit of the amount is unknown.
    Expected: FET or cogs
    Found: "1 wei"
    Fix: Amounts are in FET here; write "1 FET" if that is what you mean.]
  `);
});

test('error: a fraction of a cog', () => {
  expect(() => parseAmount('0.123456789 AGIX', agix)).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: The amount is not a whole number of cogs.
    Expected: at most 8 decimals for AGIX
    Found: "0.123456789 AGIX"]
  `);
  expect(() => parseAmount('1.5 cogs', agix)).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: The amount is not a whole number of cogs.
    Expected: a whole number of cogs
    Found: "1.5 cogs"]
  `);
});

test('error: too large', () => {
  expect(parseAmount(`${maxUint256} cogs`, fet)).toBe(maxUint256);
  expect(() => parseAmount(`${maxUint256 + 1n} cogs`, fet)).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: The amount is larger than any contract can hold.
    Expected: at most 2^256 - 1 cogs
    Found: 83 characters]
  `);
  expect(() => parseAmount('9'.repeat(1_000_000), fet)).toThrow('Found: 1000000 characters');
});
