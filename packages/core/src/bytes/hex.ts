import { BaseError } from '../errors/base-error.ts';
import type { Hex } from '../types.ts';

const digits = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Writes bytes as `0x` and lower-case hexadecimal digits. */
export function bytesToHex(bytes: Uint8Array): Hex {
  let text: Hex = '0x';
  for (const byte of bytes) text += digits[byte];
  return text as Hex;
}

/**
 * Reads hexadecimal text, with or without `0x`.
 *
 * @throws BaseError `HEX_INVALID`; the text is not shown, since it may be a key
 */
export function hexToBytes(text: string): Uint8Array {
  const start = text.startsWith('0x') || text.startsWith('0X') ? 2 : 0;
  if (text.length % 2 !== 0) throw invalid(text);
  const bytes = new Uint8Array((text.length - start) / 2);
  for (let i = 0; i < bytes.length; i++) {
    const high = nibble(text.charCodeAt(start + 2 * i));
    const low = nibble(text.charCodeAt(start + 2 * i + 1));
    if (high < 0 || low < 0) throw invalid(text);
    bytes[i] = high * 16 + low;
  }
  return bytes;
}

function nibble(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const letter = code | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}

function invalid(text: string): BaseError {
  return new BaseError('HEX_INVALID', 'The text is not hexadecimal.', {
    expected: '0x and an even number of hexadecimal digits',
    found: `${text.length} characters`,
  });
}
