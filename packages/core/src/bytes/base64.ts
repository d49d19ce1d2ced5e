import { BaseError } from '../errors/base-error.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
// By character code; 255 for what is no letter. A table, because every paid call reads a signature or a token.
const values = new Uint8Array(128).fill(255);
for (let value = 0; value < alphabet.length; value++) values[alphabet.charCodeAt(value)] = value;

/** Writes bytes as padded standard base64. */
export function bytesToBase64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const group = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    text += alphabet.charAt(group >> 18) + alphabet.charAt((group >> 12) & 63);
    text += left > 1 ? alphabet.charAt((group >> 6) & 63) : '=';
    text += left > 2 ? alphabet.charAt(group & 63) : '=';
  }
  return text;
}

/**
 * Reads standard base64, padded or not, as gRPC metadata may carry it.
 *
 * @throws BaseError `BASE64_INVALID` for other letters, wrong padding and unused bits that are set;
 *   the text is not shown, since it may be a signature
 */
export function base64ToBytes(text: string): Uint8Array {
  const padding = /={0,2}$/.exec(text)?.[0].length ?? 0;
  const length = text.length - padding;
  const wrongPadding = padding > 0 && text.length % 4 !== 0;
  if (length % 4 === 1 || wrongPadding) throw invalid(text);
  const bytes = new Uint8Array(Math.floor((length * 3) / 4));
  let bits = 0;
  let buffer = 0;
  let end = 0;
  for (let i = 0; i < length; i++) {
    const value = values[text.charCodeAt(i)] ?? 255;
    if (value === 255) throw invalid(text);
    buffer = ((buffer << 6) | value) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[end++] = buffer >> bits;
  }
  if ((buffer & ((1 << bits) - 1)) !== 0) throw invalid(text);
  return bytes;
}

function invalid(text: string): BaseError {
  return new BaseError('BASE64_INVALID', 'The text is not standard base64.', {
    expected: 'letters of A-Z a-z 0-9 + /, padded with = or not padded',
    found: `${text.length} characters`,
  });
}
