import { assert, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import { formatGrpcTimeout, parseGrpcTimeout } from './grpc-timeout.ts';

test('default', () => {
  expect(parseGrpcTimeout('1500m')).toBe(1500);
  expect(formatGrpcTimeout(1500)).toBe('1500m');
});

test('behavior: every unit', () => {
  const fields = ['1H', '2M', '3S', '4m', '5u', '6n'];
  expect(fields.map(parseGrpcTimeout)).toEqual([3_600_000, 120_000, 3000, 4, 0.005, 0.000006]);
});

test('error: malformed fields', () => {
  const fields = ['', '1', 'S', '-1S', '1.5S', '123456789S', '1 S', '1s', '0x1S'];
  for (const field of fields) expect(parseGrpcTimeout(field)).toBeUndefined();
});

test('behavior: what is written is rounded up and has at most eight digits', () => {
  expect(formatGrpcTimeout(0.2)).toBe('1m');
  expect(formatGrpcTimeout(-5)).toBe('1m');
  expect(formatGrpcTimeout(99_999_999)).toBe('99999999m');
  expect(formatGrpcTimeout(100_000_000)).toBe('100000S');
  assert(
    property(integer({ min: 1, max: 2 ** 36 }), (milliseconds) => {
      const parsed = parseGrpcTimeout(formatGrpcTimeout(milliseconds)) ?? 0;
      expect(parsed).toBeGreaterThanOrEqual(milliseconds);
      expect(parsed).toBeLessThan(milliseconds + 1000);
    }),
  );
});
