import type { Address } from '../types.ts';
import { checksumAddress } from './checksum-address.ts';
import { hashPersonalMessage } from './hash-personal-message.ts';
import { type Keccak256, keccak256 as portable } from './keccak256.ts';
import { portableRecovery } from './portable-recovery.ts';
import type { SignatureRecovery } from './signature-recovery.ts';

/** Options of {@link recoverSigner}. */
export interface RecoverSignerOptions {
  /** Packed bytes, as the `pack...Message` functions return them. */
  readonly message: Uint8Array;
  /** 65 bytes `r||s||v`. */
  readonly signature: Uint8Array;
  /** Driver; the portable one unless given. */
  readonly recovery?: SignatureRecovery | undefined;
  /** Driver; the portable one unless given. */
  readonly keccak?: Keccak256 | undefined;
}

/**
 * The checksummed address whose key signed a packed message.
 *
 * @throws BaseError `SIGNATURE_INVALID`: `incorrect signature length` or `incorrect signature data`
 */
export function recoverSigner(options: RecoverSignerOptions): Address {
  const { message, signature, recovery = portableRecovery, keccak = portable } = options;
  const address = recovery.recoverAddress(hashPersonalMessage(message, keccak), signature);
  return checksumAddress(address, keccak);
}
