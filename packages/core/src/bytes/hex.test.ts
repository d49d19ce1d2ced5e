import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesToHex, hexToBytes } from './hex.ts';

test('default', () => {
  expect(bytesToHex(Uint8Array.of(0, 15, 255))).toBe('0x000fff');
  expect(hexToBytes('0x000fff')).toEqual(Uint8Array.of(0, 15, 255));
});

test('behavior: without prefix, in any case, and empty', () => {
  expect(hexToBytes('0FfF')).toEqual(Uint8Array.of(15, 255));
  expect(hexToBytes('0X0F')).toEqual(Uint8Array.of(15));
  expect(hexToBytes('0x')).toEqual(new Uint8Array());
  expect(hexToBytes('')).toEqual(new Uint8Array());
  expect(bytesToHex(new Uint8Array())).toBe('0x');
});

test('behavior: reads back what it writes', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(hexToBytes(bytesToHex(bytes))).toEqual(bytes);
      expect(bytesToHex(bytes)).toBe(`0x${Buffer.from(bytes).toString('hex')}`);
    }),
  );
});

test('error: not hexadecimal', () => {
  expect(() => hexToBytes('0x0g')).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: The text is not hexadecimal.
    Expected: 0x and an even number of hexadecimal digits
    Found: 4 characters]
  `);
  for (const text of ['0', '0x0', 'x0', '0x 1', '0x-1', '00x1', '@@', '``', 'GG', '\u0130\u0130']) {
    expect(() => hexToBytes(text), text).toThrow('The text is not hexadecimal.');
  }
});

test('error: the text is not shown', () => {
  const key = `${'ab'.repeat(31)}zz`;
  expect(() => hexToBytes(key)).not.toThrow(/abab/);
  expect(() => hexToBytes(key)).toThrow('Found: 64 characters');
});
