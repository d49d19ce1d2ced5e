import { expect, test } from 'vitest';
import { catchError } from '../../test/catch-error.ts';
import { parseDuration } from './parse-duration.ts';

test.each([
  ['5s', 5000],
  ['1500ms', 1500],
  ['5m', 300_000],
  ['1h30m', 5_400_000],
  ['1.5s', 1500],
  ['.5s', 500],
  ['1.s', 1000],
  ['-2s', -2000],
  ['+2s', 2000],
  ['0', 0],
  ['-0', 0],
  ['250us', 0.25],
  ['250µs', 0.25],
  ['250μs', 0.25],
  ['1s1s', 2000],
])('default: %s', (text, milliseconds) => {
  expect(parseDuration(text)).toBeCloseTo(milliseconds, 9);
});

test.each(['', '5', 's', '5 s', '5S', '1d', '.s', '5s ', '--5s', '1e3s', '0x5s', '1.2.3s'])(
  'error: %j',
  async (text) => {
    const error = await catchError(() => parseDuration(text, { place: 'here' }));
    expect(error.message).toBe(`This is not a duration.
Place: here
Expected: numbers with units, such as "5s", "1500ms" or "1h30m"
Found: ${JSON.stringify(text)}`);
  },
);
