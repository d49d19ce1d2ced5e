import { equalBytes } from '../bytes/bytes.ts';
import { hexToBytes } from '../bytes/hex.ts';
import { BaseError } from '../errors/base-error.ts';
import { quote } from '../errors/quote.ts';

/**
 * The 20 bytes of an address in any case.
 *
 * @throws BaseError `ADDRESS_INVALID`
 */
export function addressToBytes(address: string): Uint8Array {
  if (/^0[xX][0-9a-fA-F]{40}$/.test(address)) return hexToBytes(address);
  throw new BaseError('ADDRESS_INVALID', 'This is not an address.', {
    expected: '0x and 40 hexadecimal digits',
    found: quote(address),
  });
}

/**
 * Whether two texts are the same address, whatever their case.
 *
 * @throws BaseError `ADDRESS_INVALID` when one of them is no address
 */
export function sameAddress(a: string, b: string): boolean {
  return equalBytes(addressToBytes(a), addressToBytes(b));
}
