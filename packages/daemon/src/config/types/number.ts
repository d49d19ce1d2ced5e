import { mismatch, type ValueType } from './value-type.ts';

/** A number in a range, also as text. Never money: amounts are bigint. */
export function number(options: {
  min?: number;
  max?: number;
  integer?: boolean;
}): ValueType<number> {
  const { min = 0, max = Number.MAX_SAFE_INTEGER, integer = false } = options;
  const kind = integer ? 'a whole number' : 'a number';
  const expected = `${kind} ${options.max === undefined ? `of at least ${min}` : `from ${min} to ${max}`}`;
  return {
    expected,
    parse(raw) {
      const isNumeric =
        typeof raw === 'number' || (typeof raw === 'string' && /^-?\d+(\.\d+)?$/.test(raw));
      // An object without a prototype (TOML) cannot even be asked for a number.
      const value = isNumeric ? Number(raw) : Number.NaN;
      const fits = value >= min && value <= max && (!integer || Number.isInteger(value));
      return fits ? { value } : mismatch(raw, expected);
    },
  };
}
