import { privateKeyToAddress, signHash, signMessage } from '@snetkit/core';
import { encodeSigned, hashTransaction } from './encode-transaction.ts';
import { hashTypedData } from './hash-typed-data.ts';
import type { Signer } from './signer.ts';

/**
 * A signer with the 32 bytes of a private key in memory. They live in a closure, so that no error, no
 * log and no inspection of the signer shows them; the caller must not keep or change the array.
 *
 * @throws BaseError `PRIVATE_KEY_INVALID`
 */
export function localSigner(key: Uint8Array): Signer {
  return Object.freeze<Signer>({
    address: privateKeyToAddress(key),
    async signMessage(packed) {
      return signMessage({ message: packed, privateKey: key });
    },
    async signTypedData(data) {
      return signHash(await hashTypedData(data), key);
    },
    async signTransaction(transaction) {
      return encodeSigned(transaction, signHash(await hashTransaction(transaction), key));
    },
  });
}
