import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sdkVectors } from '../../test/vectors.ts';
import { hexToBytes } from '../bytes/hex.ts';
import { decodeId, encodeId } from './registry-id.ts';

const { ids, js_web_id_bug: bug } = sdkVectors.registry_encoding;

test.each(ids.map(({ text, bytes32 }) => [text, bytes32] as const))(
  'default: %s',
  (text, bytes32) => {
    expect(encodeId(text)).toBe(bytes32);
    expect(decodeId(bytes32)).toBe(text);
    expect(decodeId(hexToBytes(bytes32))).toBe(text);
  },
);

test('behavior: 31 bytes are padded to 32', () => {
  expect(encodeId(bug.id)).toBe(bug.correct_bytes32);
});

test('behavior: text that starts with 0x is text', () => {
  expect(decodeId(encodeId('0x1234'))).toBe('0x1234');
});

test('behavior: reads back what it writes', () => {
  const id = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 32 })
    .filter((text) => Buffer.byteLength(text) <= 32 && !text.includes('\0'));
  fc.assert(
    fc.property(id, (text) => {
      expect(decodeId(encodeId(text))).toBe(text);
    }),
  );
});

test('error: too long', () => {
  expect(() => encodeId('a'.repeat(33))).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: The id cannot be written to the registry.
    Expected: 1 to 32 bytes of UTF-8 text without NUL characters
    Found: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 33 bytes of UTF-8]
  `);
  expect(() => encodeId('é'.repeat(17))).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: The id cannot be written to the registry.
    Expected: 1 to 32 bytes of UTF-8 text without NUL characters
    Found: "ééééééééééééééééé", 34 bytes of UTF-8]
  `);
});

test('error: empty, or with NUL', () => {
  expect(() => encodeId('')).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: The id cannot be written to the registry.
    Expected: 1 to 32 bytes of UTF-8 text without NUL characters
    Found: "", 0 bytes of UTF-8]
  `);
  expect(() => encodeId('a\0')).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: The id cannot be written to the registry.
    Expected: 1 to 32 bytes of UTF-8 text without NUL characters
    Found: "a\\u0000", 2 bytes of UTF-8]
  `);
});

test('error: half of a character', () => {
  expect(() => encodeId('a\ud800')).toThrow('The id cannot be written to the registry.');
});

test('error: not 32 bytes', () => {
  expect(() => decodeId('0x00')).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: An id of the registry must have 32 bytes.
    Expected: 32 bytes
    Found: 1 bytes]
  `);
});
