import { open } from 'node:fs/promises';
import { BaseError } from '@snetkit/core';
import type { Keystore } from '../../signers/keystore/keystore.ts';

/**
 * Writes a keystore into a new file that only this user may read, and waits until it is on the disk.
 *
 * @throws BaseError `KEYSTORE_FILE_UNUSABLE`, when there is such a file already, too
 */
export async function writeKeystoreFile(path: string, keystore: Keystore): Promise<void> {
  try {
    await using file = await open(path, 'wx', 0o600);
    await file.writeFile(`${JSON.stringify(keystore)}\n`);
    await file.sync();
  } catch (cause) {
    const message = 'The keystore file cannot be written.';
    throw new BaseError('KEYSTORE_FILE_UNUSABLE', message, { place: path, cause });
  }
}
