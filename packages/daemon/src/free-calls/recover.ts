import { BaseError, type Keccak256, type SignatureRecovery } from '@snetkit/core';
import { recoverPlainSigner } from '../crypto/recover-plain-signer.ts';
import { FreeCallRefusal } from './refusal.ts';

/** The drivers that find out who signed. */
export interface RecoveryDrivers {
  readonly recovery: SignatureRecovery;
  readonly keccak: Keccak256;
}

/**
 * Who signed a packed message: `0x` and lower-case digits.
 *
 * @param signature - 65 bytes `r||s||v`, when it is right
 * @throws FreeCallRefusal `incorrect signature length`, `incorrect signature data`
 */
export function recoverWallet(
  message: Uint8Array,
  signature: Uint8Array,
  { recovery, keccak }: RecoveryDrivers,
): string {
  try {
    return recoverPlainSigner({ message, signature, recovery, keccak });
  } catch (cause) {
    throw new FreeCallRefusal('signature', BaseError.from(cause).shortMessage, { cause });
  }
}
