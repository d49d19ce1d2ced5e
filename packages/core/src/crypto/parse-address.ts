import { BaseError } from '../errors/base-error.ts';
import type { Address } from '../types.ts';
import { checksumAddress } from './checksum-address.ts';

/** Options of {@link parseAddress}. */
export interface ParseAddressOptions {
  /** Where the text stands, for the error message. */
  readonly place?: string | undefined;
  /** Accept mixed case with a wrong checksum, as official tools do in files and headers. */
  readonly anyCase?: boolean | undefined;
}

/**
 * Reads an address that a person wrote: all lower case, all upper case, or with its EIP-55 checksum.
 *
 * @returns the checksummed text
 * @throws BaseError `ADDRESS_INVALID`
 */
export function parseAddress(text: string, options: ParseAddressOptions = {}): Address {
  const { place, anyCase = false } = options;
  const address = checksum(text, place);
  const digits = text.slice(2);
  const mixed = digits !== digits.toLowerCase() && digits !== digits.toUpperCase();
  if (mixed && !anyCase && digits !== address.slice(2)) {
    throw new BaseError('ADDRESS_INVALID', 'The checksum of the address is wrong.', {
      place,
      expected: `${address} (the checksummed form of these digits)`,
      found: text,
      hint: 'Compare the address with its source; if every digit is right, write it in lower case.',
    });
  }
  return address;
}

function checksum(text: string, place: string | undefined): Address {
  try {
    return checksumAddress(text);
  } catch (error) {
    const { code, shortMessage, expected, found } = BaseError.from(error);
    throw new BaseError(code, shortMessage, { place, expected, found });
  }
}
