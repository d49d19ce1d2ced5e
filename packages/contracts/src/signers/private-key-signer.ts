import { type Hex, hexToBytes, privateKeyToAddress } from '@snetkit/core';
import { localSigner } from './local-signer.ts';
import type { Signer } from './signer.ts';

/**
 * A signer with a private key in memory: `0x` and 64 hexadecimal digits. The key lives in a closure:
 * no error, no log and no inspection of the signer shows it.
 *
 * @throws BaseError `PRIVATE_KEY_INVALID`
 */
export function privateKeySigner(privateKey: Hex): Signer {
  // Complains about a malformed key without showing it.
  privateKeyToAddress(privateKey);
  return localSigner(hexToBytes(privateKey));
}
