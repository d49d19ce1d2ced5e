import { utf8ToBytes } from '../bytes/utf8.ts';
import { formatNumber } from './format-number.ts';
import type { GetHeader, HeaderEntry } from './header-entry.ts';
import { paymentHeaders, paymentTypes } from './names.ts';
import { readBinaryHeader, readNumberHeader } from './read-header.ts';

/** A prepaid call as headers carry it. */
export interface PrepaidHeaders {
  readonly channelId: bigint;
  /** Bytes of the token text that GetToken returned. */
  readonly token: Uint8Array;
}

/** Headers of a prepaid call. Official clients also send the nonce, which daemons ignore. */
export function encodePrepaidHeaders(call: {
  readonly channelId: bigint;
  readonly nonce?: bigint | undefined;
  /** Token text that GetToken returned. */
  readonly token: string;
}): HeaderEntry[] {
  const { channelId, nonce, token } = call;
  return [
    [paymentHeaders.paymentType, paymentTypes.prepaid],
    [paymentHeaders.channelId, formatNumber(channelId, paymentHeaders.channelId)],
    ...(nonce === undefined
      ? []
      : [
          [
            paymentHeaders.channelNonce,
            formatNumber(nonce, paymentHeaders.channelNonce),
          ] satisfies HeaderEntry,
        ]),
    [paymentHeaders.prepaidAuthToken, utf8ToBytes(token)],
  ];
}

/**
 * Reads the headers of a prepaid call, in the order channel id, token.
 *
 * @throws BaseError whose short message is the text of the status (code 3) that the daemon sends
 */
export function parsePrepaidHeaders(get: GetHeader): PrepaidHeaders {
  return {
    channelId: readNumberHeader(get, paymentHeaders.channelId),
    token: readBinaryHeader(get, paymentHeaders.prepaidAuthToken),
  };
}
