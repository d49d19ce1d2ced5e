import { keccak256, portableSigning } from '@snetkit/core';
import type { SignerDrivers } from './signer-drivers.ts';

const drivers: SignerDrivers = {
  signing: portableSigning,
  keccak: keccak256,
  keccakName: 'portable',
};

/** Browsers: JavaScript. */
export function loadSignerDrivers(): SignerDrivers {
  return drivers;
}
