import { bytesToHex } from '@snetkit/core';
import { describe, expect, test } from 'vitest';
import { getError } from '../../test/get-error.ts';
import { readStringLiteral } from './string-literal.ts';

const read = (text: string) =>
  bytesToHex(readStringLiteral({ path: 'a.proto', text }, { kind: 'string', text, offset: 0 }));

describe('readStringLiteral', () => {
  test('default', () => {
    expect(read('"abc"')).toBe('0x616263');
  });

  test.each([
    ['""', '0x'],
    ['"é"', '0xc3a9'],
    ["'\\a\\b\\f\\n\\r\\t\\v'", '0x07080c0a0d090b'],
    ['"\\\\\\\'\\"\\?"', '0x5c27223f'],
    ['"\\0"', '0x00'],
    ['"\\101\\x41\\X4a"', '0x41414a'],
    ['"\\1011"', '0x4131'],
    ['"\\x411"', '0x4131'],
    ['"\\377\\xff"', '0xffff'],
    ['"\\u00e9\\U0001F600"', '0xc3a9f09f9880'],
    ['"a\\nb"', '0x610a62'],
  ])('args: %s is %s', (text, bytes) => {
    expect(read(text)).toBe(bytes);
  });

  test('error: an unknown escape', () => {
    expect(getError(() => read('"ab\\q"')).message).toMatchInlineSnapshot(`
      "An escape in a string has no meaning.
      Place: a.proto:1:4
      Expected: one of \\a \\b \\f \\n \\r \\t \\v \\\\ \\' \\" \\? \\xHH \\OOO \\uHHHH \\UHHHHHHHH
      Found: "\\\\q"
      Fix: Correct the proto source at this place."
    `);
  });

  test.each(['"\\x"', '"\\u12"', '"\\ud800"', '"\\U00110000"', '"\\400"', '"\\8"', '"\\é"'])(
    'error: %s',
    (text) => {
      expect(getError(() => read(text)).code).toBe('PROTO_INVALID');
    },
  );
});
