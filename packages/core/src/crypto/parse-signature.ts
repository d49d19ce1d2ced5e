import { BaseError } from '../errors/base-error.ts';

/** A signature taken apart. */
export interface SignatureParts {
  /** 64 bytes `r||s`, a view of the signature. */
  readonly compact: Uint8Array;
  /** Which of the possible keys made the signature: 0 to 3. */
  readonly recoveryId: number;
}

/**
 * Takes 65 bytes `r||s||v` apart, by the rule that every {@link SignatureRecovery} driver keeps:
 * the recovery id is `v mod 27` (so 0/1 and 27/28 are both good), and high S is allowed.
 *
 * @throws BaseError `SIGNATURE_INVALID`, whose short message is the text the daemon sends
 */
export function parseSignature(signature: Uint8Array): SignatureParts {
  if (signature.length !== 65) {
    throw new BaseError('SIGNATURE_INVALID', 'incorrect signature length', {
      expected: '65 bytes',
      found: `${signature.length} bytes`,
    });
  }
  const v = signature[64] ?? 0;
  const recoveryId = v % 27;
  if (recoveryId > 3) {
    throw new BaseError('SIGNATURE_INVALID', 'incorrect signature data', {
      expected: 'v of 0, 1, 27 or 28',
      found: `v of ${v}`,
    });
  }
  return { compact: signature.subarray(0, 64), recoveryId };
}
