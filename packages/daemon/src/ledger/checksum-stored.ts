import { bytesToHex, checksumAddress } from '@snetkit/core';

/** Addresses kept; few recipients, and as many senders as there are clients. */
const maxKept = 10_000;

const kept = new Map<string, string>();

/**
 * The checksummed text of a stored address. Remembered: three hashes in portable code for every record
 * that is read would be most of the reading.
 *
 * @param address 20 bytes
 * @throws BaseError ADDRESS_INVALID
 */
export function checksumStored(address: Uint8Array): string {
  const hex = bytesToHex(address);
  const known = kept.get(hex);
  if (known !== undefined) return known;
  const text = checksumAddress(address);
  if (kept.size >= maxKept) kept.clear();
  kept.set(hex, text);
  return text;
}
