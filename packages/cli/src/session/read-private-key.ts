import { readFile } from 'node:fs/promises';
import { BaseError, type Hex, privateKeyToAddress } from '@snetkit/core';

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
 * @throws BaseError `PRIVATE_KEY_MISSING`, `PRIVATE_KEY_INVALID`, `INPUT_UNREADABLE`
 */
export async function readPrivateKey({ file, env, fallback }: PrivateKeySources): Promise<string> {
  const text = file === undefined ? env['SNET_PRIVATE_KEY'] : await readKeyFile(file);
  const key = text?.trim() || (file === undefined ? fallback : undefined);
  if (key !== undefined) {
    return checkKey(key.startsWith('0x') ? key : `0x${key}`, file ?? 'SNET_PRIVATE_KEY');
  }
  throw new BaseError('PRIVATE_KEY_MISSING', 'No private key is given.', {
    place: file,
    expected: '--private-key-file FILE, or SNET_PRIVATE_KEY',
  });
}

/** Says where a wrong key comes from, and what is wrong with it; never what it is. */
function checkKey(key: string, place: string): string {
  try {
    privateKeyToAddress(key as Hex);
    return key;
  } catch (error) {
    const { code, shortMessage, expected } = BaseError.from(error);
    const digits = key.slice(2);
    const found = !/^[0-9a-fA-F]*$/.test(digits)
      ? 'other characters than hexadecimal digits'
      : `${digits.length} hexadecimal digits`;
    const hint = 'Copy the key again, whole; it is never shown.';
    throw new BaseError(code, shortMessage, { place, expected, found, hint });
  }
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
