import fc from 'fast-check';
import { expect, test } from 'vitest';
import { base64ToBytes, bytesToBase64 } from './base64.ts';

test('default', () => {
  expect(bytesToBase64(Uint8Array.of(1, 2, 3, 255))).toBe('AQID/w==');
  expect(base64ToBytes('AQID/w==')).toEqual(Uint8Array.of(1, 2, 3, 255));
});

test('behavior: padding may be left out', () => {
  expect(base64ToBytes('AQID/w')).toEqual(Uint8Array.of(1, 2, 3, 255));
  expect(base64ToBytes('AQI')).toEqual(Uint8Array.of(1, 2));
  expect(base64ToBytes('')).toEqual(new Uint8Array());
});

test('behavior: agrees with Node', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const text = bytesToBase64(bytes);
      expect(text).toBe(Buffer.from(bytes).toString('base64'));
      expect(base64ToBytes(text)).toEqual(bytes);
      expect(base64ToBytes(text.replace(/=+$/, ''))).toEqual(bytes);
    }),
  );
});

test('error: not base64', () => {
  expect(() => base64ToBytes('AQID_w==')).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: The text is not standard base64.
    Expected: letters of A-Z a-z 0-9 + /, padded with = or not padded
    Found: 8 characters]
  `);
});

// A lone digit, wrong padding, the URL alphabet, a list, spaces, and bits that nothing uses.
test.each([
  'A',
  'AQI==',
  'AQ=',
  '=',
  '====',
  'AQ==AQ==',
  '-_8=',
  'AQID,AQID',
  'AQ ID',
  'AR==',
  'AQJ',
])('error: %s', (text) => {
  expect(() => base64ToBytes(text)).toThrow('The text is not standard base64.');
});
