import { mismatch, type ValueType } from './value-type.ts';

const words: Readonly<Record<string, boolean>> = {
  true: true,
  false: false,
  '1': true,
  '0': false,
};

/** `true` or `false`, also as text (the environment has nothing else). */
export function boolean(): ValueType<boolean> {
  const expected = 'true or false';
  return {
    expected,
    parse(raw) {
      const value = typeof raw === 'boolean' ? raw : words[String(raw).toLowerCase()];
      if (value !== undefined) return { value };
      const meant = { yes: true, on: true, no: false, off: false }[String(raw).toLowerCase()];
      return mismatch(raw, expected, meant === undefined ? undefined : `Did you mean ${meant}?`);
    },
  };
}
