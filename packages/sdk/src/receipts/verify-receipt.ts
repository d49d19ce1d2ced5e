import {
  type Address,
  BaseError,
  hexToBytes,
  packClaimMessage,
  paymentTypes,
  recoverSigner,
  sameAddress,
} from '@snetkit/core';
import type { CallReceipt } from './call-receipt.ts';

/** Who must have signed. */
export interface VerifyReceiptOptions {
  /** The signer that the receipt names unless given. */
  readonly signer?: Address | undefined;
}

/**
 * Proves, without asking anybody, that the authorization in a receipt is the client's own: the signature
 * covers this escrow, channel, nonce and amount, and its key is the signer's. Takes receipts that were kept
 * as JSON, too.
 *
 * @returns the address that signed
 * @throws BaseError `RECEIPT_INVALID`
 */
export function verifyReceipt(
  { payment, mpe, authorization, path }: CallReceipt,
  options: VerifyReceiptOptions = {},
): Address {
  const refuse = (
    message: string,
    details: { expected?: string; found?: string; cause?: unknown },
  ) => new BaseError('RECEIPT_INVALID', message, { place: `receipt of ${path}`, ...details });
  const { type, channelId, nonce, amount, price } = payment ?? {};
  if (
    authorization === undefined ||
    (type !== paymentTypes.escrow && type !== paymentTypes.train) ||
    price === undefined ||
    channelId === undefined ||
    nonce === undefined ||
    amount === undefined
  ) {
    throw refuse('The receipt holds no authorization.', {
      expected: 'a signed amount',
      found: type === undefined ? 'a call that was not paid' : `a payment of the type ${type}`,
    });
  }
  const claim = { channelId: BigInt(channelId), nonce: BigInt(nonce), amount: BigInt(amount) };
  if (BigInt(price) > claim.amount) {
    throw refuse('The receipt tells a price above the amount.', {
      expected: `at most ${claim.amount} cogs`,
      found: `${price} cogs`,
    });
  }
  let found: Address;
  try {
    const signature = hexToBytes(authorization.signature);
    found = recoverSigner({ message: packClaimMessage({ mpe, ...claim }), signature });
  } catch (cause) {
    throw refuse('The signature of the receipt cannot be read.', { cause });
  }
  const expected = options.signer ?? authorization.signer;
  if (sameAddress(found, expected) && sameAddress(found, authorization.signer)) return found;
  throw refuse('The authorization was signed by somebody else, or for something else.', {
    expected: `a signature of ${expected}`,
    found: `a signature of ${found}`,
  });
}
