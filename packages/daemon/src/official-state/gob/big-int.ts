import { bigintToBytes, bytesToBigint, concatBytes } from '@snetkit/core';

/** The bytes that Go's `big.Int` writes of itself: version and sign, then the magnitude, big-endian. */
export function encodeBigInt(value: bigint): Uint8Array {
  const magnitude = value < 0n ? -value : value;
  const sign = Uint8Array.of(value < 0n ? 3 : 2);
  return magnitude === 0n ? sign : concatBytes(sign, bigintToBytes(magnitude));
}

/** Reads what {@link encodeBigInt} writes; undefined when it is something else. */
export function decodeBigInt(bytes: Uint8Array): bigint | undefined {
  const [head] = bytes;
  if ((head !== 2 && head !== 3) || bytes.length > 33) return undefined;
  const magnitude = bytesToBigint(bytes.subarray(1));
  return head === 3 ? -magnitude : magnitude;
}
