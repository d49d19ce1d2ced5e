import { readFile } from 'node:fs/promises';
import { BaseError } from '@snetkit/core';

/** Where a private key may come from; never the command line itself, which everybody can read. */
export interface PrivateKeySources {
  /** `--private-key-file`. */
  readonly file: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Key of the local network's client. */
  readonly fallback: string | undefined;
}

/**
 * The private key of the account that pays.
 *
 * @throws BaseError `PRIVATE_KEY_MISSING`, `INPUT_UNREADABLE`
 */
export async function readPrivateKey({ file, env, fallback }: PrivateKeySources): Promise<string> {
  const text = file === undefined ? env['SNET_PRIVATE_KEY'] : await readKeyFile(file);
  const key = text?.trim() || (file === undefined ? fallback : undefined);
  if (key !== undefined) return key.startsWith('0x') ? key : `0x${key}`;
  throw new BaseError('PRIVATE_KEY_MISSING', 'No private key is given.', {
    place: file,
    expected: '--private-key-file FILE, or SNET_PRIVATE_KEY',
  });
}

async function readKeyFile(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new BaseError('INPUT_UNREADABLE', 'The file of the private key cannot be read.', {
      place: file,
      cause,
    });
  }
}
