import { concatBytes } from '../bytes/bytes.ts';
import { uint256ToBytes } from '../bytes/uint256.ts';
import { utf8ToBytes } from '../bytes/utf8.ts';
import { addressToBytes } from '../crypto/address-to-bytes.ts';

/** Text: its UTF-8 bytes, nothing around them. */
export const text: (value: string) => Uint8Array = utf8ToBytes;

/** Address: 20 bytes. */
export const address: (value: string) => Uint8Array = addressToBytes;

/** Number: 32 bytes, big-endian. The name of the field goes into the error when it does not fit. */
export function uint256(value: bigint, place: string): Uint8Array {
  return uint256ToBytes(value, { place });
}

/** Numbers one after another, 32 bytes each. However many they are: there is no limit as for arguments. */
export function joinUint256(values: readonly bigint[], place: string): Uint8Array {
  const joined = new Uint8Array(32 * values.length);
  for (const [index, value] of values.entries()) joined.set(uint256(value, place), 32 * index);
  return joined;
}

/** Joins the parts of a message, in order. */
export const pack: (...parts: readonly Uint8Array[]) => Uint8Array = concatBytes;
