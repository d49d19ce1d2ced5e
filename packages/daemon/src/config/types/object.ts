import { nearest } from '../nearest.ts';
import { readObject } from './read-object.ts';
import { mismatch, type Problem, type ValueType } from './value-type.ts';

type Fields = Readonly<Record<string, ValueType<unknown>>>;
type ObjectOf<F extends Fields> = {
  readonly [K in keyof F]?: F[K] extends ValueType<infer T> ? T : never;
};

/** An object with fixed fields, all of them optional. `open`: names that are not listed are let through unread. */
export function object<const F extends Fields>(
  fields: F,
  options: { open?: boolean } = {},
): ValueType<ObjectOf<F>> {
  const names = Object.keys(fields);
  const expected = `an object with the fields ${names.join(', ')}`;
  return {
    expected,
    fields,
    parse(raw) {
      const source = readObject(raw);
      if (source === undefined) return mismatch(raw, expected);
      const value: Record<string, unknown> = {};
      const problems: Problem[] = [];
      for (const [givenName, entry] of Object.entries(source)) {
        const name = givenName.toLowerCase();
        const type = Object.hasOwn(fields, name) ? fields[name] : undefined;
        if (type === undefined) {
          if (options.open !== true) problems.push(unknownField(givenName, entry, names));
          continue;
        }
        const parsed = type.parse(entry);
        if ('value' in parsed) value[name] = parsed.value;
        else
          problems.push(...parsed.problems.map((one) => ({ ...one, path: [name, ...one.path] })));
      }
      return problems.length === 0 ? { value: value as ObjectOf<F> } : { problems };
    },
  };
}

function unknownField(name: string, value: unknown, names: readonly string[]): Problem {
  const suggestion = nearest(name, names);
  return {
    path: [name],
    value,
    expected: `one of the fields ${names.join(', ')}`,
    hint: suggestion === undefined ? `Remove ${name}.` : `Did you mean ${suggestion}?`,
  };
}
