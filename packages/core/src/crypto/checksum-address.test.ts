import { expect, test } from 'vitest';
import { daemonVectors } from '../../test/vectors.ts';
import { hexToBytes } from '../bytes/hex.ts';
import { checksumAddress } from './checksum-address.ts';

const { input, output } = daemonVectors.addressChecksum;

// Examples of EIP-55.
const examples = [
  '0x52908400098527886E0F7030069857D2E4169EE7',
  '0xde709f2102306220921060314715629080e2fb77',
  '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
  '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359',
  '0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB',
  '0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb',
];

test('default', () => {
  expect(checksumAddress(input)).toBe(output);
});

test.each(examples)('behavior: %s, from bytes and from text in any case', (address) => {
  expect(checksumAddress(hexToBytes(address))).toBe(address);
  expect(checksumAddress(address.toLowerCase())).toBe(address);
  expect(checksumAddress(`0x${address.slice(2).toUpperCase()}`)).toBe(address);
});

test('error: not an address', () => {
  expect(() => checksumAddress('0x1234')).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: This is not an address.
    Expected: 0x and 40 hexadecimal digits
    Found: "0x1234"]
  `);
  expect(() => checksumAddress(new Uint8Array(2))).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: This is not an address.
    Expected: 0x and 40 hexadecimal digits
    Found: "0x0000"]
  `);
});

test('error: a private key in the wrong place is not shown', () => {
  expect(() => checksumAddress(`0x${'ab'.repeat(32)}`)).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: This is not an address.
    Expected: 0x and 40 hexadecimal digits
    Found: 66 characters]
  `);
});
