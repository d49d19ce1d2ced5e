import { mismatch, type ValueType } from './value-type.ts';

const units: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
};

/** A Go duration (`1m30s`, `250ms`, `0`); the value is in milliseconds. */
export function duration(options: { min?: number } = {}): ValueType<number> {
  const { min = 0 } = options;
  const expected = `a duration such as "100s", "1m30s" or "250ms"${min > 0 ? `, at least ${min}ms` : ''}`;
  return {
    expected,
    parse(raw) {
      const value = raw === 0 || raw === '0' ? 0 : parseDuration(raw);
      if (value !== undefined && value >= min) return { value };
      const isBare = /^\d+$/.test(String(raw));
      return mismatch(raw, expected, isBare ? `Give a unit: did you mean "${raw}s"?` : undefined);
    },
  };
}

function parseDuration(raw: unknown): number | undefined {
  if (typeof raw !== 'string' || !/^(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+$/.test(raw)) return undefined;
  let sum = 0;
  for (const [, digits, unit = ''] of raw.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g)) {
    sum += Number(digits) * (units[unit] ?? 0);
  }
  return sum;
}
