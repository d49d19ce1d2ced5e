import { hashPersonalMessage, privateKeyToAddress } from '@snetkit/core';
import { loadSignerDrivers } from '#signer-drivers';
import { encodeSigned, hashTransaction } from './encode-transaction.ts';
import { hashTypedData } from './hash-typed-data.ts';
import type { Signer } from './signer.ts';
import type { SignerDrivers } from './signer-drivers.ts';

/** Options of {@link localSigner}; for tests. */
export interface LocalSignerOptions {
  readonly loadDrivers?: () => SignerDrivers | Promise<SignerDrivers>;
}

/**
 * A signer with the 32 bytes of a private key in memory. They live in a closure, so that no error, no
 * log and no inspection of the signer shows them; the caller must not keep or change the array. On Node
 * the native library signs, where it runs.
 *
 * @throws BaseError `PRIVATE_KEY_INVALID`
 */
export function localSigner(
  key: Uint8Array,
  { loadDrivers = loadSignerDrivers }: LocalSignerOptions = {},
): Signer {
  // Refuses a key that is none: drivers do not look.
  const address = privateKeyToAddress(key);
  const sign = async (hash: Uint8Array) => (await loadDrivers()).signing.signHash(hash, key);
  return Object.freeze<Signer>({
    address,
    async signMessage(packed) {
      const { signing, keccak } = await loadDrivers();
      return signing.signHash(hashPersonalMessage(packed, keccak), key);
    },
    async signTypedData(data) {
      return sign(await hashTypedData(data));
    },
    async signTransaction(transaction) {
      return encodeSigned(transaction, await sign(await hashTransaction(transaction)));
    },
  });
}
