import { BaseError } from '@snetkit/core';
import { durationPattern } from '../schemas/patterns.ts';

const units: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/**
 * Reads a duration as Go writes it: numbers with units such as `5s`, `1500ms` or `1h30m`, perhaps
 * with a sign; `0` needs no unit. Units are ns, us, ms, s, m and h.
 *
 * @returns milliseconds
 * @throws BaseError `DURATION_INVALID`
 */
export function parseDuration(text: string, options: { place?: string | undefined } = {}): number {
  if (!new RegExp(durationPattern, 'u').test(text)) {
    throw new BaseError('DURATION_INVALID', 'This is not a duration.', {
      place: options.place,
      expected: 'numbers with units, such as "5s", "1500ms" or "1h30m"',
      found: text.length <= 40 ? JSON.stringify(text) : `${text.length} characters`,
    });
  }
  let milliseconds = 0;
  for (const [, number, unit = ''] of text.matchAll(/([0-9.]+)([a-zµμ]+)/g)) {
    milliseconds += Number(number) * (units[unit] ?? 0);
  }
  return text.startsWith('-') ? -milliseconds : milliseconds;
}
