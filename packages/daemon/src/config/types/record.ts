import { readObject } from './read-object.ts';
import { mismatch, type Problem, type ValueType } from './value-type.ts';

/** An object with names of the user's choice. */
export function record<T>(options: {
  name: ValueType<string>;
  value: ValueType<T>;
}): ValueType<Readonly<Record<string, T>>> {
  const expected = `an object: each name ${options.name.expected}, each value ${options.value.expected}`;
  return {
    expected,
    parse(raw) {
      const source = readObject(raw);
      if (source === undefined) return mismatch(raw, expected);
      const entries: [string, T][] = [];
      const problems: Problem[] = [];
      for (const [name, entry] of Object.entries(source)) {
        const parsedName = options.name.parse(name);
        const parsed = options.value.parse(entry);
        if ('value' in parsedName && 'value' in parsed)
          entries.push([parsedName.value, parsed.value]);
        for (const result of [parsedName, parsed]) {
          if ('problems' in result)
            problems.push(...result.problems.map((one) => ({ ...one, path: [name, ...one.path] })));
        }
      }
      return problems.length === 0 ? { value: Object.fromEntries(entries) } : { problems };
    },
  };
}
