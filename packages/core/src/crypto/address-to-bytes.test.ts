import { expect, test } from 'vitest';
import { bytesToHex } from '../bytes/hex.ts';
import { addressToBytes, sameAddress } from './address-to-bytes.ts';

const address = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';

test('default', () => {
  expect(bytesToHex(addressToBytes(address))).toBe(address.toLowerCase());
});

test('behavior: the same address whatever its case', () => {
  expect(sameAddress(address, address.toLowerCase())).toBe(true);
  expect(sameAddress(address, '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359')).toBe(false);
});

test('error: not an address', () => {
  expect(() => addressToBytes('0x12')).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: This is not an address.
    Expected: 0x and 40 hexadecimal digits
    Found: "0x12"]
  `);
  expect(() => sameAddress(address, '')).toThrow('This is not an address.');
});
