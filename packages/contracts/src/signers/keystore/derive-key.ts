import { BaseError, utf8ToBytes } from '@snetkit/core';
import type { ParsedKeystore } from './parse-keystore.ts';
import { portableScrypt, type Scrypt } from './scrypt.ts';

/** How a password becomes a key. */
export interface DeriveKeyOptions {
  /** Kept nowhere, never shown. */
  readonly password: string;
  /** Driver; the portable one when not given. */
  readonly scrypt?: Scrypt | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The key behind a password: 16 bytes that encrypt, 16 that authenticate, perhaps more.
 *
 * @throws BaseError `KEYSTORE_UNSUPPORTED` when there is not enough memory, `ABORTED`
 */
export async function deriveKey(
  derivation: ParsedKeystore['derivation'],
  { password: text, scrypt = portableScrypt, signal }: DeriveKeyOptions,
): Promise<Uint8Array> {
  const password = utf8ToBytes(text);
  try {
    signal?.throwIfAborted();
    const key =
      derivation.kdf === 'scrypt'
        ? await scrypt({ ...derivation, password, signal })
        : await pbkdf2(password, derivation);
    signal?.throwIfAborted();
    return key;
  } catch (error) {
    if (signal?.aborted) {
      throw new BaseError('ABORTED', 'The opening of the keystore was cancelled.');
    }
    const message = 'The key of the keystore cannot be derived on this machine.';
    throw new BaseError('KEYSTORE_UNSUPPORTED', message, { cause: error });
  } finally {
    password.fill(0);
  }
}

async function pbkdf2(
  password: Uint8Array,
  options: { salt: Uint8Array; length: number; iterations: number },
): Promise<Uint8Array> {
  const { salt, length, iterations } = options;
  const { subtle } = globalThis.crypto;
  const key = await subtle.importKey('raw', Uint8Array.from(password), 'PBKDF2', false, [
    'deriveBits',
  ]);
  const algorithm = { name: 'PBKDF2', hash: 'SHA-256', salt: Uint8Array.from(salt), iterations };
  return new Uint8Array(await subtle.deriveBits(algorithm, key, length * 8));
}
