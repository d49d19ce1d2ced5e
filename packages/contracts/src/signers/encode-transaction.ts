import { bytesToHex, type Hex, hexToBytes, keccak256 } from '@snetkit/core';
import type { UnsignedTransaction } from './signer.ts';

/** The bytes that are hashed and signed: legacy transactions with their chain id (EIP-155). */
export async function encodeUnsigned(transaction: UnsignedTransaction): Promise<Uint8Array> {
  // viem is slow to load, and signing payments does not need it.
  const { serializeTransaction } = await import('viem/utils');
  return hexToBytes(serializeTransaction(transaction));
}

/** The 32 bytes that are signed for a transaction. */
export async function hashTransaction(transaction: UnsignedTransaction): Promise<Uint8Array> {
  return keccak256(await encodeUnsigned(transaction));
}

/** The raw bytes of a transaction with its signature, 65 bytes `r||s||v`. */
export async function encodeSigned(
  transaction: UnsignedTransaction,
  signature: Uint8Array,
): Promise<Hex> {
  const { serializeTransaction } = await import('viem/utils');
  const v = signature[64] ?? 27;
  return serializeTransaction(transaction, {
    r: bytesToHex(signature.subarray(0, 32)),
    s: bytesToHex(signature.subarray(32, 64)),
    yParity: v - 27,
    v: BigInt(v),
  });
}
