import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findDecimalLiterals } from './find-decimal-literals.ts';
import { formatPointer } from './json-pointer.ts';

const list = (json: string) =>
  findDecimalLiterals(json).map(({ at, literal }) => `${formatPointer(at)} ${literal}`);

test('default', () => {
  expect(
    list('{"a": 1, "b": [1.0, 2, {"c/d": -1e3}], "\\u0065": 2.50, "s": "1.5, [{\\" 2.5"}'),
  ).toEqual(['/b/0 1.0', '/b/2/c~1d -1e3', '/e 2.50']);
  expect(list('1E5')).toEqual([' 1E5']);
  expect(list('[[], {}, [1.5], {"": {}, "x": 1.5}]')).toEqual(['/2/0 1.5', '/3/x 1.5']);
});

test('behavior: it finds what JSON.stringify wrote with a fraction, and where', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const expected: string[] = [];
      const visit = (item: unknown, at: (string | number)[]): void => {
        if (typeof item === 'number' && /[.e]/.test(String(item)))
          expected.push(`${formatPointer(at)} ${item}`);
        else if (Array.isArray(item))
          item.forEach((one, i) => {
            visit(one, [...at, i]);
          });
        else if (typeof item === 'object' && item !== null)
          for (const [key, one] of Object.entries(item)) visit(one, [...at, key]);
      };
      visit(value, []);
      expect(list(JSON.stringify(value, null, 1))).toEqual(expected);
    }),
  );
});
