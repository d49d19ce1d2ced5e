import { parseJsonText } from './read-object.ts';
import { mismatch, type Problem, type ValueType } from './value-type.ts';

/** A list; the environment can hold it as JSON, or as text with commas or white space between. */
export function list<T>(item: ValueType<T>): ValueType<readonly T[]> {
  const expected = `a list, each entry ${item.expected}`;
  return {
    expected,
    items: item,
    parse(raw) {
      const entries = typeof raw === 'string' ? readText(raw) : raw;
      if (!Array.isArray(entries)) return mismatch(raw, expected);
      const value: T[] = [];
      const problems: Problem[] = [];
      for (const [index, entry] of entries.entries()) {
        const parsed = item.parse(entry);
        if ('value' in parsed) value.push(parsed.value);
        else
          problems.push(
            ...parsed.problems.map((one) => ({ ...one, path: [String(index), ...one.path] })),
          );
      }
      return problems.length === 0 ? { value } : { problems };
    },
  };
}

function readText(text: string): unknown {
  return text.trimStart().startsWith('[')
    ? parseJsonText(text)
    : text.split(/[\s,]+/).filter(Boolean);
}
