import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sdkVectors } from '../../test/vectors.ts';
import { bytesToHex, hexToBytes } from './hex.ts';
import { bigintToBytes, bytesToBigint, maxUint256, uint256ToBytes } from './uint256.ts';

const { cases, empty_bytes_means } = sdkVectors.uint256_bytes;

test.each(cases.map((one) => [one.value, one] as const))(
  'default: %s',
  (text, { padded32, minimal }) => {
    const value = BigInt(text);
    expect(bytesToHex(uint256ToBytes(value))).toBe(padded32);
    expect(bytesToHex(bigintToBytes(value))).toBe(minimal);
    expect(bytesToBigint(hexToBytes(padded32))).toBe(value);
    expect(bytesToBigint(hexToBytes(minimal))).toBe(value);
  },
);

test('behavior: no bytes are 0', () => {
  expect(bytesToBigint(new Uint8Array())).toBe(BigInt(empty_bytes_means));
});

test('behavior: reads back what it writes', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: maxUint256 }), (value) => {
      expect(bytesToBigint(uint256ToBytes(value))).toBe(value);
      expect(bytesToBigint(bigintToBytes(value))).toBe(value);
      expect(uint256ToBytes(value)).toHaveLength(32);
      expect(value === 0n || bigintToBytes(value)[0] !== 0).toBe(true);
    }),
  );
});

test('args: place', () => {
  expect(() => uint256ToBytes(-1n, { place: 'amount' })).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: The number is not an unsigned 256-bit integer.
    Place: amount
    Expected: a bigint from 0 to 2^256 - 1
    Found: -1]
  `);
});

test('error: out of range', () => {
  expect(() => bigintToBytes(maxUint256 + 1n)).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: The number is not an unsigned 256-bit integer.
    Expected: a bigint from 0 to 2^256 - 1
    Found: 115792089237316195423570985008687907853269984665640564039457584007913129639936]
  `);
  expect(() => bigintToBytes(10n ** 1000n)).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: The number is not an unsigned 256-bit integer.
    Expected: a bigint from 0 to 2^256 - 1
    Found: 1000000000000000000000000000000000000000... (1001 characters)]
  `);
});
