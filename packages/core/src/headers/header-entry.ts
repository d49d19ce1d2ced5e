import type { PaymentHeaderName } from './names.ts';

/** A header to send: text, or bytes when its name ends with `-bin`. */
export type HeaderEntry = [name: PaymentHeaderName, value: string | Uint8Array];

/**
 * All values that a request has for a key; empty when there is none. Values of `-bin` keys may be
 * bytes or base64, padded or not.
 */
export type GetHeader = (name: string) => readonly (string | Uint8Array)[];
