import { hexToBytes } from '@snetkit/core';
import type { TypedData } from './signer.ts';

/** The 32 bytes that are signed for structured data (EIP-712). */
export async function hashTypedData(data: TypedData): Promise<Uint8Array> {
  // viem is slow to load, and signing payments does not need it.
  const { hashTypedData: hash } = await import('viem/utils');
  return hexToBytes(hash(data as Parameters<typeof hash>[0]));
}
