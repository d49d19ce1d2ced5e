import {
  type Address,
  addressToBytes,
  BaseError,
  bytesToBigint,
  concatBytes,
  equalBytes,
  portableRecovery,
  uint256ToBytes,
} from '@snetkit/core';

const curveOrder = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

/** What somebody else answered when he was asked to sign. */
export interface CompleteSignatureOptions {
  /** The 32 bytes that should have been signed. */
  readonly hash: Uint8Array;
  /** `r||s`, perhaps followed by a v of any convention. */
  readonly signature: Uint8Array;
  /** Who should have signed. */
  readonly address: Address;
  /** Who answered, for messages. */
  readonly place: string;
}

/**
 * Proves that an answer from outside is the signature that was asked for, and writes it as every
 * signer does: 65 bytes `r||s||v` with low S and v of 27 or 28. The v of the answer is not looked at:
 * devices cut it, wallets count it from 0 or 27, and only one value fits the address.
 *
 * @throws BaseError `SIGNER_ANSWER_INVALID`
 */
export function completeSignature(options: CompleteSignatureOptions): Uint8Array {
  const { hash, signature, address, place } = options;
  if (signature.length !== 64 && signature.length !== 65) {
    throw new BaseError('SIGNER_ANSWER_INVALID', 'The answer is no signature of a key.', {
      place,
      expected: '65 bytes',
      found: `${signature.length} bytes`,
      hint: 'accounts that are contracts cannot sign payments; use one with a key',
    });
  }
  const s = bytesToBigint(signature.subarray(32, 64));
  const low = s > curveOrder / 2n && s < curveOrder ? uint256ToBytes(curveOrder - s) : undefined;
  const compact = concatBytes(signature.subarray(0, 32), low ?? signature.subarray(32, 64));
  for (const v of [27, 28]) {
    const full = concatBytes(compact, Uint8Array.of(v));
    if (isSignedBy(full, { hash, address })) return full;
  }
  throw new BaseError(
    'SIGNER_ANSWER_INVALID',
    'The answer is no signature of this account over what was asked.',
    { place, expected: `a signature of ${address}` },
  );
}

function isSignedBy(
  signature: Uint8Array,
  { hash, address }: { hash: Uint8Array; address: Address },
): boolean {
  try {
    return equalBytes(portableRecovery.recoverAddress(hash, signature), addressToBytes(address));
  } catch {
    // r and s that belong to no key at all.
    return false;
  }
}
