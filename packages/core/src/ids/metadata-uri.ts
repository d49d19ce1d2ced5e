import { bytesToHex, hexToBytes } from '../bytes/hex.ts';
import { bytesToUtf8, utf8ToBytes } from '../bytes/utf8.ts';
import type { Hex } from '../types.ts';
import { parseStorageUri } from './storage-uri.ts';

/**
 * Writes a storage URI as the registry holds it: ASCII, padded with zeros on the right to the next
 * multiple of 32 that is larger than its length, as the official CLI does (protocol/metadata.md 1).
 *
 * @throws BaseError `STORAGE_URI_INVALID`
 */
export function encodeMetadataUri(text: string): Hex {
  parseStorageUri(text);
  const bytes = utf8ToBytes(text);
  const padded = new Uint8Array(32 * (Math.floor(bytes.length / 32) + 1));
  padded.set(bytes);
  return bytesToHex(padded);
}

/**
 * Reads the text of a URI from the registry: trailing zeros are dropped, however many there are.
 * What is left is not checked; pass it to `parseStorageUri`.
 *
 * @throws BaseError `TEXT_INVALID` when it is not text
 */
export function decodeMetadataUri(bytes: Uint8Array | Hex): string {
  const raw = typeof bytes === 'string' ? hexToBytes(bytes) : bytes;
  let end = raw.length;
  while (end > 0 && raw[end - 1] === 0) end--;
  return bytesToUtf8(raw.subarray(0, end));
}

/**
 * The content identifier in a URI of the registry, as the official daemon takes it out: both scheme
 * prefixes are removed, then everything that is not a letter, a digit or `=`. For values that
 * `parseStorageUri` refuses but a running network uses.
 */
export function cleanMetadataUri(text: string): string {
  return text.replace(/ipfs:\/\/|filecoin:\/\//g, '').replace(/[^A-Za-z0-9=]/g, '');
}
