import type { CounterRecord } from '../ledger/counter.ts';
import type { ChannelRecord, ClaimRecord } from '../ledger/record.ts';
import { getTop } from '../ledger/top.ts';

/** What an import does with one record. The store never loses by it. */
export type Merged<T> =
  | { readonly action: 'write'; readonly record: T }
  /** The store has it already, or more. */
  | { readonly action: 'keep' }
  /** Neither side holds all of the other; a person has to look. */
  | { readonly action: 'conflict'; readonly reason: string };

/**
 * Brings an imported channel into the store's own record of it.
 *
 * @param isCovered - whether what the store's record still holds is safe elsewhere when its nonce
 *   passes: claimed with at least this amount, or the chain is beyond that nonce
 */
export function mergeChannel(
  own: ChannelRecord | undefined,
  imported: ChannelRecord,
  { isCovered }: { isCovered(amount: bigint): boolean },
): Merged<ChannelRecord> {
  if (own === undefined) return { action: 'write', record: imported };
  if (imported.nonce < own.nonce) return { action: 'keep' };
  const top = getTop(own).amount;
  const { nonce, settledAmount, settledSignature, chain } = imported;
  if (imported.nonce > own.nonce) {
    if (top > 0n && !isCovered(top)) {
      const reason = `the store holds ${top} cogs of nonce ${own.nonce} that no claim covers, the official daemon is at nonce ${nonce}`;
      return { action: 'conflict', reason };
    }
    // Entries of older nonces are carried, as by a claim of our own.
    const { entries, credit } = own;
    return { action: 'write', record: { ...imported, entries, credit } };
  }
  if (settledAmount <= top) return { action: 'keep' };
  return { action: 'write', record: { ...own, settledAmount, settledSignature, chain } };
}

/** Brings an imported claim into the store; one that is there is never changed (ledger.md, section 2). */
export function mergeClaim(
  own: ClaimRecord | undefined,
  imported: ClaimRecord,
): Merged<ClaimRecord> {
  if (own === undefined) return { action: 'write', record: imported };
  if (own.amount >= imported.amount) return { action: 'keep' };
  const reason = `the store's claim is over ${own.amount} cogs, the official daemon's over ${imported.amount}`;
  return { action: 'conflict', reason };
}

/** Brings imported counters into the store: each grows, none comes down. */
export function mergeCounter(
  own: CounterRecord | undefined,
  imported: Pick<CounterRecord, 'planned' | 'used'>,
): Merged<CounterRecord> {
  const { planned, used, marks } = own ?? { planned: 0n, used: 0n, marks: [] };
  if (imported.planned <= planned && imported.used <= used) return { action: 'keep' };
  const max = (a: bigint, b: bigint) => (a > b ? a : b);
  const record = { planned: max(imported.planned, planned), used: max(imported.used, used), marks };
  return { action: 'write', record };
}
