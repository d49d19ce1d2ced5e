import { formatNumber } from './format-number.ts';
import type { GetHeader, HeaderEntry } from './header-entry.ts';
import { paymentHeaders, paymentTypes } from './names.ts';
import {
  readBinaryHeader,
  readNumberHeader,
  readOptionalTextHeader,
  readTextHeader,
} from './read-header.ts';

/** A free call as headers carry it. */
export interface FreeCallHeaders {
  /** Address text exactly as sent: the signature covers this spelling. */
  readonly address: string;
  /** User behind a trusted address. */
  readonly userId?: string | undefined;
  /** Number of the current block. */
  readonly block: bigint;
  /** Signature of the free-call message; 65 bytes when it is right, which parsing does not check. */
  readonly signature: Uint8Array;
  /** The whole token: signature, underscore and block digits. */
  readonly token: Uint8Array;
}

/** Headers of a free call. */
export function encodeFreeCallHeaders(call: FreeCallHeaders): HeaderEntry[] {
  const { address, userId, block, signature, token } = call;
  return [
    [paymentHeaders.paymentType, paymentTypes.freeCall],
    [paymentHeaders.freeCallUserAddress, address],
    ...(userId ? [[paymentHeaders.freeCallUserId, userId] satisfies HeaderEntry] : []),
    [paymentHeaders.currentBlockNumber, formatNumber(block, paymentHeaders.currentBlockNumber)],
    [paymentHeaders.channelSignature, signature],
    [paymentHeaders.freeCallAuthToken, token],
  ];
}

/**
 * Reads the headers of a free call, in the order address, block, signature, token.
 *
 * @throws BaseError whose short message is the text of the status (code 3) that the daemon sends
 */
export function parseFreeCallHeaders(get: GetHeader): FreeCallHeaders {
  // The official daemon takes the user id as not given when it is repeated.
  const userIds = get(paymentHeaders.freeCallUserId);
  const userId =
    userIds.length === 1 ? readOptionalTextHeader(get, paymentHeaders.freeCallUserId) : undefined;
  return {
    address: readTextHeader(get, paymentHeaders.freeCallUserAddress),
    ...(userId !== undefined && { userId }),
    block: readNumberHeader(get, paymentHeaders.currentBlockNumber),
    signature: readBinaryHeader(get, paymentHeaders.channelSignature),
    token: readBinaryHeader(get, paymentHeaders.freeCallAuthToken),
  };
}
