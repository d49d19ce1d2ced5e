import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BaseError } from '../errors/base-error.ts';
import { parseJson } from './parse-json.ts';
import { stringifyJson } from './stringify-json.ts';

test('default', () => {
  const text =
    '{ "price_in_cogs": 12345678901234567890, "free_calls": 10, "rate": 0.5, "x": [null, true] }';
  expect(parseJson(text)).toEqual({
    price_in_cogs: 12345678901234567890n,
    free_calls: 10,
    rate: 0.5,
    x: [null, true],
  });
});

test('behavior: integers beyond 2^53 - 1 are bigint, others number', () => {
  expect(
    parseJson('[9007199254740991, 9007199254740992, -9007199254740991, -9007199254740992]'),
  ).toEqual([9007199254740991, 9007199254740992n, -9007199254740991, -9007199254740992n]);
});

test('behavior: a fraction or an exponent makes a number', () => {
  expect(parseJson('[1.0, 1e3, 1E-2, 12345678901234567890.5]')).toEqual([
    1, 1000, 0.01, 12345678901234567000,
  ]);
});

test('behavior: __proto__, constructor and toString are keys like others', () => {
  const value = parseJson(
    '{"__proto__": {"polluted": 1}, "constructor": 2, "toString": 3}',
  ) as object;
  expect(Object.keys(value)).toEqual(['__proto__', 'constructor', 'toString']);
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  expect('polluted' in {}).toBe(false);
  expect('polluted' in value).toBe(false);
});

test('behavior: a key may be repeated with the same value only', () => {
  expect(parseJson('{"a": [1], "a": [1]}')).toEqual({ a: [1] });
  expect(() => parseJson('{"a": 1,\n  "a": 2}')).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: The text is not valid JSON.
    Place: line 2, column 4
    Found: Duplicate key 'a' encountered]
  `);
});

test('behavior: accepts and refuses what JSON.parse does, and agrees with it', () => {
  const json = fc.json();
  const change = fc.tuple(
    fc.nat(),
    fc.constantFrom(
      '',
      '"',
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '0',
      '-',
      '.',
      'e',
      '\\',
      '\n',
      ' ',
      'u',
    ),
  );
  fc.assert(
    fc.property(json, fc.array(change, { maxLength: 2 }), (text, changes) => {
      const damaged = changes.reduce((before, [at, sign]) => {
        const i = at % (before.length + 1);
        return before.slice(0, i) + sign + before.slice(i + 1);
      }, text);
      const ours = attempt(() => parseJson(damaged));
      fc.pre(ours !== 'duplicate');
      expect(ours).toBe(attempt(() => JSON.parse(damaged)));
    }),
    { numRuns: 2000 },
  );
});

test('behavior: reads back what stringifyJson writes', () => {
  const value = fc.jsonValue().chain((plain) =>
    fc.record({
      plain: fc.constant(plain),
      big: fc.bigInt({ min: 2n ** 53n }),
      list: fc.array(fc.bigInt({ max: -(2n ** 53n) })),
    }),
  );
  fc.assert(
    fc.property(value, fc.nat({ max: 4 }), (data, indent) => {
      const expected = JSON.parse(JSON.stringify(data.plain), widen);
      expect(parseJson(stringifyJson(data, { indent }))).toEqual({ ...data, plain: expected });
    }),
  );
});

test('args: place', () => {
  expect(() =>
    parseJson('{\n  "a": 1,\n  b: 2\n}', { place: 'service.json' }),
  ).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: The text is not valid JSON.
    Place: service.json, line 3, column 3
    Found: Quoted object key expected but got 'b']
  `);
});

test('error: texts that end too early or go on', () => {
  expect(() => parseJson('')).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: The text is not valid JSON.
    Place: line 1, column 1
    Found: JSON value expected but reached end of input]
  `);
  expect(() => parseJson('{"a": [1, 2')).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: The text is not valid JSON.
    Place: line 1, column 12
    Found: Array item or end of array ']' expected but reached end of input]
  `);
  expect(() => parseJson('{} {}')).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: The text is not valid JSON.
    Place: line 1, column 4
    Found: Expected end of input but got '{']
  `);
});

test('error: a comma too many', () => {
  expect(() => parseJson('{"a": 1,}')).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: The text is not valid JSON.
    Place: line 1, column 9
    Found: Quoted object key expected but got '}']
  `);
});

test('error: a number too large for anything', () => {
  expect(() => parseJson('[1e400]')).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: The text is not valid JSON.
    Found: Number too large: '1e400']
  `);
});

test('error: nested to exhaust the stack', () => {
  expect(() => parseJson('['.repeat(1_000_000))).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: The text is not valid JSON.
    Found: values nested too deeply]
  `);
});

/** What parsing gave, as text. `1e400` and keys with two values count apart: there we are narrower. */
function attempt(parse: () => unknown): string {
  try {
    return JSON.stringify(parse(), (_, value: unknown) => {
      if (value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY)
        throw new Error();
      return typeof value === 'bigint' ? Number(value) : value;
    });
  } catch (error) {
    const duplicate = error instanceof BaseError && error.found?.startsWith('Duplicate key');
    return duplicate ? 'duplicate' : 'refused';
  }
}

/** A number whose text has only digits, more than it can be trusted with, comes back as a bigint. */
function widen(_: string, value: unknown): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  return /^-?[0-9]+$/.test(String(value)) ? BigInt(String(value)) : value;
}
