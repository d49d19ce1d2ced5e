import { secp256k1 } from '@noble/curves/secp256k1.js';
import { assertLength } from '../bytes/assert-length.ts';
import { BaseError } from '../errors/base-error.ts';
import { keccak256 } from './keccak256.ts';
import { parseSignature } from './parse-signature.ts';
import type { SignatureRecovery } from './signature-recovery.ts';

/** Portable driver of {@link SignatureRecovery}: JavaScript, 1 to 4 ms for each signature. */
export const portableRecovery: SignatureRecovery = {
  name: 'portable',
  recoverAddress(hash, signature) {
    assertLength(hash, 32, 'A signed hash');
    const { compact, recoveryId } = parseSignature(signature);
    try {
      const key = secp256k1.Signature.fromBytes(compact, 'compact')
        .addRecoveryBit(recoveryId)
        .recoverPublicKey(hash)
        .toBytes(false);
      return keccak256(key.subarray(1)).slice(12);
    } catch (cause) {
      throw new BaseError('SIGNATURE_INVALID', 'incorrect signature data', { cause });
    }
  },
};
