import { createRequire } from 'node:module';
import { BaseError, type Keccak256, parseSignature, type SignatureRecovery } from '@snetkit/core';

type Secp256k1 = Pick<typeof import('secp256k1'), 'ecdsaRecover'>;

/**
 * The driver over libsecp256k1, or `undefined` where the package has no binary for this machine. The
 * package's own entry would fall back to slow JavaScript without a word: only its binding is loaded.
 */
export function loadNativeRecovery(
  keccak: Keccak256,
  load: (id: string) => unknown = createRequire(import.meta.url),
): SignatureRecovery | undefined {
  let binding: Secp256k1;
  try {
    binding = load('secp256k1/bindings.js') as Secp256k1;
  } catch {
    return undefined;
  }
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
