import { base64ToBytes } from '../bytes/base64.ts';
import { maxUint256 } from '../bytes/uint256.ts';
import { BaseError } from '../errors/base-error.ts';
import type { GetHeader } from './header-entry.ts';

// Status texts travel in a trailer: a value of a megabyte must not come back in one.
const maxShown = 200;

/**
 * The only value of a key.
 *
 * @throws BaseError `HEADER_MISSING`: `missing "KEY"`; `HEADER_REPEATED`: `too many values for key "KEY": [a b]`
 */
export function readHeader(get: GetHeader, name: string): string | Uint8Array {
  const values = get(name);
  const [value] = values;
  if (value === undefined) {
    throw new BaseError('HEADER_MISSING', `missing "${name}"`, { place: `header ${name}` });
  }
  if (values.length > 1) {
    // Values of binary keys are signatures and tokens: only their size is told.
    const shown = name.endsWith('-bin')
      ? values.map((one) => `${one.length} ${typeof one === 'string' ? 'characters' : 'bytes'}`)
      : values.map(toText);
    throw new BaseError(
      'HEADER_REPEATED',
      `too many values for key "${name}": [${cut(shown.join(' '))}]`,
      { place: `header ${name}` },
    );
  }
  return value;
}

/**
 * The only value of a key, as text.
 *
 * @throws BaseError as {@link readHeader}
 */
export function readTextHeader(get: GetHeader, name: string): string {
  return toText(readHeader(get, name));
}

/**
 * The first value of a key, if there is one.
 */
export function readOptionalTextHeader(get: GetHeader, name: string): string | undefined {
  const [value] = get(name);
  return value === undefined ? undefined : toText(value);
}

/**
 * The only value of a key, as an unsigned 256-bit number in plain decimals. Signs, other bases,
 * underscores and spaces are refused, although the official daemon reads some of them.
 *
 * @throws BaseError as {@link readHeader}; `HEADER_INVALID`: `incorrect format "KEY": "VALUE"`
 */
export function readNumberHeader(get: GetHeader, name: string): bigint {
  const text = readTextHeader(get, name);
  // 78 digits are the longest 256-bit number; leading zeros beyond that are not worth reading.
  const value = /^[0-9]{1,78}$/.test(text) ? BigInt(text) : -1n;
  if (value >= 0n && value <= maxUint256) return value;
  throw new BaseError('HEADER_INVALID', `incorrect format "${name}": "${cut(text)}"`, {
    place: `header ${name}`,
    expected: 'a plain decimal number from 0 to 2^256 - 1',
  });
}

/**
 * The only value of a binary key, as bytes.
 *
 * @throws BaseError as {@link readHeader}; `HEADER_INVALID`: `incorrect binary key name "KEY"` when the
 *   key does not end with `-bin`, `incorrect format "KEY": "N characters"` when text is not base64
 */
export function readBinaryHeader(get: GetHeader, name: string): Uint8Array {
  const place = `header ${name}`;
  if (!name.endsWith('-bin')) {
    throw new BaseError('HEADER_INVALID', `incorrect binary key name "${name}"`, { place });
  }
  const value = readHeader(get, name);
  if (typeof value !== 'string') return value;
  try {
    return base64ToBytes(value);
  } catch {
    const text = `incorrect format "${name}": "${value.length} characters"`;
    throw new BaseError('HEADER_INVALID', text, { place, expected: 'standard base64' });
  }
}

/** A header value as text; bytes are taken as ASCII, others as question marks. */
function toText(value: string | Uint8Array): string {
  if (typeof value === 'string') return value;
  return Array.from(value, (byte) => (byte < 128 ? String.fromCharCode(byte) : '?')).join('');
}

function cut(text: string): string {
  return text.length <= maxShown ? text : `${text.slice(0, maxShown)}...`;
}
