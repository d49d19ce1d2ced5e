import { open } from 'node:fs/promises';
import { BaseError } from '@snetkit/core';

/** More is no keystore. */
const maxBytes = 64 * 1024;

/**
 * Reads the text of a keystore file.
 *
 * @throws BaseError `KEYSTORE_FILE_UNUSABLE`
 */
export async function readKeystoreFile(path: string): Promise<string> {
  try {
    await using file = await open(path, 'r');
    const buffer = new Uint8Array(maxBytes + 1);
    const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
    if (bytesRead <= maxBytes) return new TextDecoder().decode(buffer.subarray(0, bytesRead));
  } catch (cause) {
    const message = 'The keystore file cannot be read.';
    throw new BaseError('KEYSTORE_FILE_UNUSABLE', message, { place: path, cause });
  }
  throw new BaseError('KEYSTORE_FILE_UNUSABLE', 'The file is too long for a keystore.', {
    place: path,
    expected: `at most ${maxBytes} bytes`,
  });
}
