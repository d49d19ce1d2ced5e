import { formatNumber } from './format-number.ts';
import type { GetHeader, HeaderEntry } from './header-entry.ts';
import { paymentHeaders, paymentTypes } from './names.ts';
import { readBinaryHeader, readNumberHeader } from './read-header.ts';

/** An escrow payment as headers carry it. */
export interface EscrowHeaders {
  readonly channelId: bigint;
  readonly nonce: bigint;
  /** Cumulative amount that is authorised on the channel, in cogs. */
  readonly amount: bigint;
  /** Signature of the claim message; 65 bytes when it is right, which parsing does not check. */
  readonly signature: Uint8Array;
}

/** Headers of an escrow payment. `mpe` is only needed by daemons that run without a chain. */
export function encodeEscrowHeaders(
  payment: EscrowHeaders & { readonly mpe?: string | undefined },
): HeaderEntry[] {
  return [[paymentHeaders.paymentType, paymentTypes.escrow], ...encodeClaim(payment)];
}

/**
 * Reads the headers of an escrow payment, in the order channel id, nonce, amount, signature.
 *
 * @throws BaseError whose short message is the text of the status (code 3) that the daemon sends
 */
export function parseEscrowHeaders(get: GetHeader): EscrowHeaders {
  return {
    channelId: readNumberHeader(get, paymentHeaders.channelId),
    nonce: readNumberHeader(get, paymentHeaders.channelNonce),
    amount: readNumberHeader(get, paymentHeaders.channelAmount),
    signature: readBinaryHeader(get, paymentHeaders.channelSignature),
  };
}

/** The headers that escrow and training payments share. */
export function encodeClaim(
  payment: EscrowHeaders & { readonly mpe?: string | undefined },
): HeaderEntry[] {
  const { channelId, nonce, amount, signature, mpe } = payment;
  return [
    [paymentHeaders.channelId, formatNumber(channelId, paymentHeaders.channelId)],
    [paymentHeaders.channelNonce, formatNumber(nonce, paymentHeaders.channelNonce)],
    [paymentHeaders.channelAmount, formatNumber(amount, paymentHeaders.channelAmount)],
    [paymentHeaders.channelSignature, signature],
    ...(mpe === undefined ? [] : [[paymentHeaders.mpeAddress, mpe] satisfies HeaderEntry]),
  ];
}
