import { assertLength } from '../bytes/assert-length.ts';
import { bytesToHex, hexToBytes } from '../bytes/hex.ts';
import { bytesToUtf8, utf8ToBytes } from '../bytes/utf8.ts';
import { BaseError } from '../errors/base-error.ts';
import { quote } from '../errors/quote.ts';
import type { Hex } from '../types.ts';

/**
 * Writes an organization or service id as the registry holds it: UTF-8, padded with zeros on the
 * right to 32 bytes. Text that starts with `0x` is text like any other (protocol/metadata.md 5).
 *
 * @throws BaseError `ID_INVALID` for an empty id, one of more than 32 bytes, and one with a NUL
 */
export function encodeId(text: string): Hex {
  const bytes = utf8ToBytes(text);
  if (bytes.length === 0 || bytes.length > 32 || bytes.includes(0) || !text.isWellFormed()) {
    throw new BaseError('ID_INVALID', 'The id cannot be written to the registry.', {
      expected: '1 to 32 bytes of UTF-8 text without NUL characters',
      found: `${quote(text)}, ${bytes.length} bytes of UTF-8`,
    });
  }
  const padded = new Uint8Array(32);
  padded.set(bytes);
  return bytesToHex(padded);
}

/**
 * Reads an organization or service id from the registry.
 *
 * @throws BaseError `BYTES_LENGTH_INVALID` when it is not 32 bytes, `TEXT_INVALID` when it is not UTF-8
 */
export function decodeId(bytes32: Hex | Uint8Array): string {
  const bytes = typeof bytes32 === 'string' ? hexToBytes(bytes32) : bytes32;
  assertLength(bytes, 32, 'An id of the registry');
  let end = 32;
  while (end > 0 && bytes[end - 1] === 0) end--;
  return bytesToUtf8(bytes.subarray(0, end));
}
