import { bytesToHex } from '../bytes/hex.ts';
import { utf8ToBytes } from '../bytes/utf8.ts';
import { BaseError } from '../errors/base-error.ts';
import { quote } from '../errors/quote.ts';
import type { Address } from '../types.ts';
import { type Keccak256, keccak256 as portable } from './keccak256.ts';

/**
 * The EIP-55 text of an address given as 20 bytes or as text in any case. A checksum that the text
 * has is not looked at; `parseAddress` does that.
 *
 * @throws BaseError `ADDRESS_INVALID`
 */
export function checksumAddress(
  address: Uint8Array | string,
  keccak256: Keccak256 = portable,
): Address {
  const text = typeof address === 'string' ? address : bytesToHex(address);
  if (!/^0[xX][0-9a-fA-F]{40}$/.test(text)) {
    throw new BaseError('ADDRESS_INVALID', 'This is not an address.', {
      expected: '0x and 40 hexadecimal digits',
      found: quote(text),
    });
  }
  const digits = text.slice(2).toLowerCase();
  const hash = keccak256(utf8ToBytes(digits));
  const mixed = [...digits].map((digit, i) => {
    const nibble = ((hash[i >> 1] ?? 0) >> (i % 2 === 0 ? 4 : 0)) & 15;
    return nibble >= 8 ? digit.toUpperCase() : digit;
  });
  return `0x${mixed.join('')}`;
}
