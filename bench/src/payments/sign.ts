import { type Hex, hashPersonalMessage, hexToBytes } from '@snetkit/core';
import secp256k1 from 'secp256k1';

/**
 * Signs a packed message with the native library, so that a run spends its time on what it measures;
 * 65 bytes `r||s||v`.
 */
export function sign(message: Uint8Array, privateKey: Hex): Uint8Array {
  const { signature, recid } = secp256k1.ecdsaSign(
    hashPersonalMessage(message),
    hexToBytes(privateKey),
  );
  return new Uint8Array([...signature, recid + 27]);
}
