import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatFloat } from './format-float.ts';

test.each([
  [0, '0'],
  [-0, '-0'],
  [1, '1'],
  [-1.5, '-1.5'],
  [100_000, '100000'],
  [1_000_000, '1e+06'],
  [1_234_567.5, '1.2345675e+06'],
  [0.0001, '0.0001'],
  [0.000_01, '1e-05'],
  [1e100, '1e+100'],
  [Number.NaN, 'nan'],
  [Infinity, 'inf'],
  [-Infinity, '-inf'],
])('args: %d is %s', (value, text) => {
  expect(formatFloat(value)).toBe(text);
});

test('behavior: the text reads back as the same number', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      expect(Object.is(Number(formatFloat(value)), value)).toBe(true);
    }),
  );
});
