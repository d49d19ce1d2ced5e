import { expect, test } from 'vitest';
import { getFrom } from '../../test/headers.ts';
import { readBinaryHeader, readOptionalTextHeader, readTextHeader } from './read-header.ts';

test('default', () => {
  const get = getFrom({ a: ['text'], 'b-bin': [Uint8Array.of(1)] });
  expect(readTextHeader(get, 'a')).toBe('text');
  expect(readOptionalTextHeader(get, 'a')).toBe('text');
  expect(readOptionalTextHeader(get, 'c')).toBe(undefined);
  expect(readBinaryHeader(get, 'b-bin')).toEqual(Uint8Array.of(1));
});

test('behavior: bytes that are no ASCII become question marks in text', () => {
  expect(readTextHeader(getFrom({ a: [Uint8Array.of(65, 200)] }), 'a')).toBe('A?');
});

test('error: a binary key must end with -bin', () => {
  expect(() => readBinaryHeader(getFrom({ a: ['AAAA'] }), 'a')).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: incorrect binary key name "a"
    Place: header a]
  `);
});
