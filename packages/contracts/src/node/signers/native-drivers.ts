import { loadCrypto } from '@snetkit/native-crypto';
import type { SignerDrivers } from '../../signers/signer-drivers.ts';

let drivers: Promise<SignerDrivers> | undefined;

/** Node: what is native where it runs; loaded with the first signature. */
export function loadSignerDrivers(): Promise<SignerDrivers> {
  drivers ??= loadCrypto();
  return drivers;
}
