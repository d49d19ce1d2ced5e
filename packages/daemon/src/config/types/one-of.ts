import { nearest } from '../nearest.ts';
import { mismatch, type ValueType } from './value-type.ts';

/** One of a few words; letter case does not matter. */
export function oneOf<const T extends string>(words: readonly T[]): ValueType<T> {
  const expected = `one of ${words.map((word) => JSON.stringify(word)).join(', ')}`;
  return {
    expected,
    parse(raw) {
      const found = words.find((word) => typeof raw === 'string' && word === raw.toLowerCase());
      if (found !== undefined) return { value: found };
      const suggestion = typeof raw === 'string' ? nearest(raw, words) : undefined;
      return mismatch(
        raw,
        expected,
        suggestion === undefined ? undefined : `Did you mean ${JSON.stringify(suggestion)}?`,
      );
    },
  };
}
