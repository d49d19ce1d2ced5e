import type { ChannelRecord } from './record.ts';
import { getTop } from './top.ts';

/** A signed amount that buys prepaid calls with all that lies between the top and itself. */
export interface TokenPayment {
  readonly nonce: bigint;
  /** Cumulative amount in cogs. */
  readonly amount: bigint;
  /** 65 bytes, the client's signature over (nonce, amount). */
  readonly signature: Uint8Array;
}

/** What a token's payment makes of the channel. */
export interface SettledToken {
  readonly record: ChannelRecord;
  /** Cogs that come to what is planned. */
  readonly bought: bigint;
}

/**
 * Settles `(A, amount]` at once, without an entry: nothing is delivered for it but the right to call
 * (ledger.md, section 5, GetToken). `undefined` when the payment no longer fits the record.
 */
export function settleToken(
  record: ChannelRecord,
  { nonce, amount, signature }: TokenPayment,
): SettledToken | undefined {
  const top = getTop(record).amount;
  if (nonce !== record.nonce || amount <= top) return undefined;
  return {
    record: { ...record, settledAmount: amount, settledSignature: signature },
    bought: amount - top,
  };
}
