import { expect, test } from 'vitest';
import { stringifyPlain } from './stringify-plain.ts';

test('default', () => {
  expect(stringifyPlain({ a: 2n ** 64n, b: new Uint8Array([255, 0]), c: [1.5, null, true] })).toBe(
    '{"a":"18446744073709551616","b":"/wA=","c":[1.5,null,true]}',
  );
});

test('behavior: numbers that JSON has no word for', () => {
  expect(stringifyPlain([Number.NaN, Number.POSITIVE_INFINITY])).toBe('["NaN","Infinity"]');
});

test('args: indent', () => {
  expect(stringifyPlain({ a: 1n }, 2)).toBe('{\n  "a": "1"\n}');
});
