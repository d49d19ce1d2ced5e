import { mismatch, type ValueType } from './value-type.ts';

/** Any text; numbers are taken as their digits, as the official daemon does. */
export function text(options: { expected?: string; pattern?: RegExp } = {}): ValueType<string> {
  const { expected = 'text', pattern } = options;
  return {
    expected,
    parse(raw) {
      const value = typeof raw === 'number' || typeof raw === 'bigint' ? String(raw) : raw;
      if (typeof value !== 'string' || (pattern !== undefined && !pattern.test(value))) {
        return mismatch(raw, expected);
      }
      return { value };
    },
  };
}
