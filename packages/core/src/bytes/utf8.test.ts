import { expect, test } from 'vitest';
import { bytesToUtf8, utf8ToBytes } from './utf8.ts';

test('default', () => {
  expect(utf8ToBytes('é€')).toEqual(Uint8Array.of(0xc3, 0xa9, 0xe2, 0x82, 0xac));
  expect(bytesToUtf8(Uint8Array.of(0xc3, 0xa9))).toBe('é');
});

test('behavior: a byte order mark is kept', () => {
  expect(bytesToUtf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61))).toBe('\ufeffa');
});

test('error: not UTF-8', () => {
  expect(() => bytesToUtf8(Uint8Array.of(0xff))).toThrowErrorMatchingInlineSnapshot(
    `[BaseError: The bytes are not UTF-8 text.]`,
  );
});
