import {
  BaseError,
  bytesToHex,
  concatBytes,
  type Hex,
  hexToBytes,
  keccak256,
  privateKeyToAddress,
} from '@snetkit/core';
import { crypt } from './crypt.ts';
import { type DeriveKeyOptions, deriveKey } from './derive-key.ts';
import type { Keystore } from './keystore.ts';

/** Options of {@link encryptKeystore}. */
export interface EncryptKeystoreOptions extends DeriveKeyOptions {
  /** 32 bytes, or `0x` and 64 digits; never shown. */
  readonly privateKey: Uint8Array | Hex;
  /**
   * Cost of trying a password, a power of two: 262144 when not given, as geth does, which takes 256 MiB
   * of memory and about a second.
   */
  readonly n?: number | undefined;
}

/**
 * Encrypts a private key with a password (Web3 secret storage, version 3, scrypt): geth, Foundry and the
 * usual wallets read it.
 *
 * @throws BaseError `KEYSTORE_PASSWORD_INVALID` for an empty password, `PRIVATE_KEY_INVALID`, `ABORTED`
 */
export async function encryptKeystore(options: EncryptKeystoreOptions): Promise<Keystore> {
  const { privateKey, n = 262_144, ...how } = options;
  if (how.password === '') {
    const message = 'A keystore needs a password that is not empty.';
    throw new BaseError('KEYSTORE_PASSWORD_INVALID', message);
  }
  const address = privateKeyToAddress(privateKey).slice(2).toLowerCase();
  const key = typeof privateKey === 'string' ? hexToBytes(privateKey) : Uint8Array.from(privateKey);
  const [salt, iv, id] = [32, 16, 16].map((length) =>
    globalThis.crypto.getRandomValues(new Uint8Array(length)),
  ) as [Uint8Array, Uint8Array, Uint8Array];
  const params = { n, r: 8, p: 1 };
  const derived = await deriveKey({ kdf: 'scrypt', salt, length: 32, ...params }, how);
  const ciphertext = await crypt(key, { key: derived.subarray(0, 16), iv });
  const mac = keccak256(concatBytes(derived.subarray(16, 32), ciphertext));
  key.fill(0);
  derived.fill(0);
  return {
    address,
    crypto: {
      cipher: 'aes-128-ctr',
      cipherparams: { iv: toDigits(iv) },
      ciphertext: toDigits(ciphertext),
      kdf: 'scrypt',
      kdfparams: { dklen: 32, ...params, salt: toDigits(salt) },
      mac: toDigits(mac),
    },
    id: formatUuid(id),
    version: 3,
  };
}

const toDigits = (bytes: Uint8Array) => bytesToHex(bytes).slice(2);

/** A random UUID (version 4). `crypto.randomUUID` exists on https pages only. */
function formatUuid(bytes: Uint8Array): string {
  const fixed = bytes.map((byte, at) =>
    at === 6 ? (byte & 15) | 64 : at === 8 ? (byte & 63) | 128 : byte,
  );
  return toDigits(fixed).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
