import { BaseError } from '@snetkit/core';

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
  const [, sign, rest = ''] = /^([+-]?)(.*)$/s.exec(text) ?? [];
  if (rest === '0') return 0;
  if (!/^(?:(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:ns|us|µs|μs|ms|s|m|h))+$/.test(rest)) {
    throw new BaseError('DURATION_INVALID', 'This is not a duration.', {
      place: options.place,
      expected: 'numbers with units, such as "5s", "1500ms" or "1h30m"',
      found: text.length <= 40 ? JSON.stringify(text) : `${text.length} characters`,
    });
  }
  let milliseconds = 0;
  for (const [, number, unit = ''] of rest.matchAll(/([0-9.]+)([a-zµμ]+)/g)) {
    milliseconds += Number(number) * (units[unit] ?? 0);
  }
  return sign === '-' ? -milliseconds : milliseconds;
}
