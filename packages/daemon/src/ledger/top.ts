import { totalLength } from './intervals.ts';
import type { ChannelRecord } from './record.ts';

/** The highest consumed amount of the current nonce, with the client's signature over it. */
export interface Top {
  /** Cogs; 0 when nothing is consumed. */
  readonly amount: bigint;
  /** 65 bytes; empty when the amount is 0. */
  readonly signature: Uint8Array;
}

/** `A` of ledger.md, section 2: the settled amount or that of a higher entry. */
export function getTop(record: ChannelRecord): Top {
  let top: Top = { amount: record.settledAmount, signature: record.settledSignature };
  for (const entry of record.entries) {
    if (entry.nonce === record.nonce && entry.price > 0n && entry.amount > top.amount) top = entry;
  }
  return { amount: top.amount, signature: top.signature };
}

/** What the provider is owed at this nonce: `max(0, A - |open| - credit)`, in cogs. */
export function getOwed(record: ChannelRecord): bigint {
  const owed = getTop(record).amount - totalLength(record.open) - record.credit;
  return owed > 0n ? owed : 0n;
}
