import { BaseError } from '../errors/base-error.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Writes text as UTF-8, without length prefix or padding. */
export function utf8ToBytes(text: string): Uint8Array {
  return encoder.encode(text);
}

/**
 * Reads UTF-8 text; a byte order mark is kept.
 *
 * @throws BaseError `TEXT_INVALID` when the bytes are not UTF-8
 */
export function bytesToUtf8(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new BaseError('TEXT_INVALID', 'The bytes are not UTF-8 text.', { cause });
  }
}
