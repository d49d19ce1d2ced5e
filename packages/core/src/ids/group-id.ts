import { base64ToBytes, bytesToBase64 } from '../bytes/base64.ts';
import { hexToBytes } from '../bytes/hex.ts';
import { BaseError } from '../errors/base-error.ts';
import { quote } from '../errors/quote.ts';
import type { Hex } from '../types.ts';

/**
 * Reads a group id as metadata documents write it: 32 bytes in standard base64 with padding.
 *
 * @throws BaseError `GROUP_ID_INVALID`
 */
export function parseGroupId(
  text: string,
  options: { place?: string | undefined } = {},
): Uint8Array {
  const bytes = /^[A-Za-z0-9+/]{43}=$/.test(text) ? tryDecode(text) : undefined;
  if (bytes !== undefined) return bytes;
  throw new BaseError('GROUP_ID_INVALID', 'This is not a group id.', {
    place: options.place,
    expected: '32 bytes in base64: 44 characters that end with "="',
    found: quote(text),
  });
}

/**
 * Writes a group id as metadata documents and free-call messages do.
 *
 * @throws BaseError `GROUP_ID_INVALID` when it is not 32 bytes
 */
export function formatGroupId(bytes32: Uint8Array | Hex): string {
  const bytes = typeof bytes32 === 'string' ? hexToBytes(bytes32) : bytes32;
  if (bytes.length === 32) return bytesToBase64(bytes);
  throw new BaseError('GROUP_ID_INVALID', 'This is not a group id.', {
    expected: '32 bytes',
    found: `${bytes.length} bytes`,
  });
}

function tryDecode(text: string): Uint8Array | undefined {
  try {
    return base64ToBytes(text);
  } catch {
    return undefined;
  }
}
