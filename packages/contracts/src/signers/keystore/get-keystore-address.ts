import type { Address } from '@snetkit/core';
import type { Keystore } from './keystore.ts';
import { parseKeystore } from './parse-keystore.ts';

/**
 * The address that a keystore says it is of, without its password; undefined when it says none, as those
 * of Foundry. Only opening proves it.
 *
 * @throws BaseError `KEYSTORE_INVALID`, `KEYSTORE_UNSUPPORTED`
 */
export function getKeystoreAddress(keystore: string | Keystore): Address | undefined {
  return parseKeystore(keystore).address;
}
