import { concatBytes } from '@snetkit/core';

/** Bytes that fit into one APDU. */
const maxBytes = 255;

/** A transaction on its way to a device. */
export interface SplitTransactionOptions {
  /** Count and steps, as the device takes them. */
  readonly path: Uint8Array;
  /** The bytes that are signed. */
  readonly transaction: Uint8Array;
  /** Of a legacy transaction; undefined otherwise. */
  readonly legacyChainId: number | undefined;
}

/**
 * The bodies of the APDUs that bring a transaction to the device. A legacy transaction must not be cut where
 * nothing but chain id and two zeros is left: the device would take it for one without replay protection,
 * sign it at once and leave the rest.
 */
export function splitTransaction(options: SplitTransactionOptions): Uint8Array[] {
  const { path, transaction, legacyChainId } = options;
  const body = concatBytes(path, transaction);
  const tail = legacyChainId === undefined ? 0 : measureNumber(legacyChainId) + 2;
  let size = maxBytes;
  while (body.length > size && isCutInTail(body.length, { size, tail })) size -= 1;
  const count = Math.ceil(body.length / size);
  return Array.from({ length: count }, (_, at) => body.subarray(at * size, (at + 1) * size));
}

function isCutInTail(length: number, { size, tail }: { size: number; tail: number }): boolean {
  const last = length % size;
  return last !== 0 && last <= tail;
}

/** Length of a number in RLP. */
function measureNumber(value: number): number {
  return value < 0x80 ? 1 : 1 + Math.ceil(value.toString(16).length / 2);
}
