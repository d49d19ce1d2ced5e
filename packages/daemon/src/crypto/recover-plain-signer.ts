import {
  bytesToHex,
  type Hex,
  hashPersonalMessage,
  type Keccak256,
  type SignatureRecovery,
} from '@snetkit/core';

/** A signed message, and the drivers that find out who signed it. */
export interface RecoverPlainSignerOptions {
  /** As packed, before any hash. */
  readonly message: Uint8Array;
  /** 65 bytes `r||s||v`. */
  readonly signature: Uint8Array;
  readonly recovery: SignatureRecovery;
  readonly keccak: Keccak256;
}

/**
 * Who signed a packed message, as `0x` and lower-case digits: for the path of calls, where a checksum
 * would cost one hash more (`recoverSigner` of core gives it).
 *
 * @throws BaseError `SIGNATURE_INVALID`: `incorrect signature length` or `incorrect signature data`
 */
export function recoverPlainSigner(options: RecoverPlainSignerOptions): Hex {
  const { message, signature, recovery, keccak } = options;
  return bytesToHex(recovery.recoverAddress(hashPersonalMessage(message, keccak), signature));
}
