import { BaseError } from '@snetkit/core';
import type { DecryptKeystoreOptions } from '../../signers/keystore/decrypt-keystore.ts';
import { keystoreSigner } from '../../signers/keystore/keystore-signer.ts';
import type { Signer } from '../../signers/signer.ts';
import { nativeScrypt } from './native-scrypt.ts';
import { readKeystoreFile } from './read-keystore-file.ts';

/** Options of {@link keystoreFileSigner}. */
export interface KeystoreFileSignerOptions
  extends Omit<DecryptKeystoreOptions, 'keystore' | 'scrypt'> {
  /** Path of the file. */
  readonly path: string;
}

/**
 * A signer with the key of a keystore file, such as geth (`~/.ethereum/keystore`) and Foundry
 * (`~/.foundry/keystores`) keep.
 *
 * @throws BaseError `KEYSTORE_FILE_UNUSABLE`, `KEYSTORE_INVALID`, `KEYSTORE_UNSUPPORTED`,
 * `KEYSTORE_PASSWORD_INVALID`, `ABORTED`
 */
export async function keystoreFileSigner(options: KeystoreFileSignerOptions): Promise<Signer> {
  const { path, ...rest } = options;
  const keystore = await readKeystoreFile(path);
  try {
    return await keystoreSigner({ ...rest, keystore, scrypt: nativeScrypt });
  } catch (error) {
    const { code, shortMessage, place, expected, found, hint } = BaseError.from(error);
    const where = place === undefined ? path : `${path} at ${place}`;
    throw new BaseError(code, shortMessage, { place: where, expected, found, hint });
  }
}
