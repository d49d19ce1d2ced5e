import { BaseError, concatBytes, equalBytes, keccak256, privateKeyToAddress } from '@snetkit/core';
import { crypt } from './crypt.ts';
import { type DeriveKeyOptions, deriveKey } from './derive-key.ts';
import type { Keystore } from './keystore.ts';
import { type KeystoreLimits, parseKeystore } from './parse-keystore.ts';

/** Options of {@link decryptKeystore}. */
export interface DecryptKeystoreOptions extends DeriveKeyOptions, KeystoreLimits {
  /** The text of the file, or the object in it. */
  readonly keystore: string | Keystore;
}

/**
 * Opens a keystore (Web3 secret storage, version 3): those of geth, Foundry's `cast wallet` and the
 * usual wallets.
 *
 * @returns the private key, 32 bytes; the caller may overwrite them when they have served
 * @throws BaseError `KEYSTORE_INVALID`, `KEYSTORE_UNSUPPORTED`, `KEYSTORE_PASSWORD_INVALID`, `ABORTED`;
 * none shows the key or the password
 */
export async function decryptKeystore(options: DecryptKeystoreOptions): Promise<Uint8Array> {
  const { keystore, maxMemoryBytes, ...how } = options;
  const { address, iv, ciphertext, mac, derivation } = parseKeystore(keystore, { maxMemoryBytes });
  const derived = await deriveKey(derivation, how);
  try {
    if (!equalBytes(keccak256(concatBytes(derived.subarray(16, 32), ciphertext)), mac)) {
      throw new BaseError('KEYSTORE_PASSWORD_INVALID', 'The password does not open the keystore.', {
        hint: 'type it again; if it is certainly right, the file is damaged',
      });
    }
    const plain = await crypt(ciphertext, { key: derived.subarray(0, 16), iv });
    const key = new Uint8Array(32);
    key.set(plain, 32 - plain.length);
    plain.fill(0);
    checkKey(key, address);
    return key;
  } finally {
    derived.fill(0);
  }
}

function checkKey(key: Uint8Array, address: string | undefined): void {
  const found = privateKeyToAddress(key);
  if (address === undefined || found === address) return;
  key.fill(0);
  throw new BaseError('KEYSTORE_INVALID', 'The keystore holds the key of another address.', {
    ...{ place: '/address', expected: address, found },
  });
}
