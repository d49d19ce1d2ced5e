import { localSigner } from '../local-signer.ts';
import type { Signer } from '../signer.ts';
import { type DecryptKeystoreOptions, decryptKeystore } from './decrypt-keystore.ts';

/**
 * A signer with the key of a keystore (Web3 secret storage, version 3), which is opened once; the key
 * stays in memory, the password does not.
 *
 * @throws BaseError `KEYSTORE_INVALID`, `KEYSTORE_UNSUPPORTED`, `KEYSTORE_PASSWORD_INVALID`, `ABORTED`
 *
 * @example
 * ```ts
 * const account = await keystoreSigner({ keystore: await file.text(), password });
 * ```
 */
export async function keystoreSigner(options: DecryptKeystoreOptions): Promise<Signer> {
  return localSigner(await decryptKeystore(options));
}
