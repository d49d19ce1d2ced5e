import { secp256k1 } from '@noble/curves/secp256k1.js';
import { concatBytes } from '../bytes/bytes.ts';
import type { HashSigning } from './hash-signing.ts';

/** Portable driver of {@link HashSigning}: JavaScript, around 1 ms for each signature. */
export const portableSigning: HashSigning = {
  name: 'portable',
  signHash(hash, key) {
    const signed = secp256k1.sign(hash, key, { prehash: false, format: 'recovered', lowS: true });
    return concatBytes(signed.subarray(1), Uint8Array.of(27 + (signed[0] ?? 0)));
  },
};
