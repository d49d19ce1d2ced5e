import { bytesToHex, type Hex, parseSignature } from '@snetkit/core';

/** A signature as the escrow takes it: v is 27 or 28. */
export interface SplitSignature {
  readonly v: number;
  readonly r: Hex;
  readonly s: Hex;
}

/**
 * Takes a signature of 65 bytes apart; v may be 0, 1, 27 or 28. Inside this package only.
 *
 * @throws BaseError `SIGNATURE_INVALID`
 */
export function splitSignature(signature: Uint8Array): SplitSignature {
  const { compact, recoveryId } = parseSignature(signature);
  return {
    // The contract takes 27 and 28 only.
    v: 27 + recoveryId,
    r: bytesToHex(compact.subarray(0, 32)),
    s: bytesToHex(compact.subarray(32)),
  };
}
