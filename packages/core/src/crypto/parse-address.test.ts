import { expect, test } from 'vitest';
import { parseAddress } from './parse-address.ts';

const address = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';
const typo = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD';

test('default', () => {
  expect(parseAddress(address)).toBe(address);
});

test('behavior: one case only has no checksum to be wrong', () => {
  expect(parseAddress(address.toLowerCase())).toBe(address);
  expect(parseAddress(`0x${address.slice(2).toUpperCase()}`)).toBe(address);
});

test('args: anyCase', () => {
  expect(parseAddress(typo, { anyCase: true })).toBe(address);
});

test('error: wrong checksum', () => {
  expect(() => parseAddress(typo, { place: 'mpe_address' })).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: The checksum of the address is wrong.
    Place: mpe_address
    Expected: 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed (the checksummed form of these digits)
    Found: 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD
    Fix: Compare the address with its source; if every digit is right, write it in lower case.]
  `);
});

test('error: not an address', () => {
  const place = 'mpe_address';
  expect(() => parseAddress('', { place })).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: This is not an address.
    Place: mpe_address
    Expected: 0x and 40 hexadecimal digits
    Found: ""]
  `);
  expect(() => parseAddress(address.slice(2))).toThrow('This is not an address.');
  expect(() => parseAddress(`${address} `)).toThrow('This is not an address.');
});
