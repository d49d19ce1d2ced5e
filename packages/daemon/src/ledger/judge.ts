import { contains, type Interval, intervalOf, overlaps } from './intervals.ts';
import type { ChannelRecord, Entry } from './record.ts';
import { getTop } from './top.ts';

/** What a client authorises with one call: cumulative amount and price in cogs. */
export interface SignedPayment {
  readonly nonce: bigint;
  readonly amount: bigint;
  readonly price: bigint;
  /** 65 bytes. */
  readonly signature: Uint8Array;
  /** The client lets the daemon skip amounts that it has not seen yet (ledger.md, section 7). */
  readonly allowGap: boolean;
}

/** What is known around the record when a payment is judged. */
export interface Circumstances {
  /** Stretches of this replica's own calls of the payment's nonce that are not committed, or in doubt. */
  readonly reserved: readonly Interval[];
  /** Highest amount that the channel can still pay (ledger.md, section 10). */
  readonly limit: bigint;
  isOwnerAlive(owner: string): boolean;
}

/** The verdicts of ledger.md, section 4. */
export type Verdict =
  | { readonly kind: 'accept' | 'busy' | 'nonce' | 'income' | 'funds' | 'early' }
  | { readonly kind: 'takeOver'; readonly entry: Entry };

/** More open stretches than this would let a record grow without end. */
export const maxOpenIntervals = 32;

/** The rules J1 to J7: the first line that matches. */
export function judge(
  record: ChannelRecord,
  payment: SignedPayment,
  { reserved, limit, isOwnerAlive }: Circumstances,
): Verdict {
  const interval = intervalOf(payment);
  const equal = findEqualEntry(record, payment);
  const isReserved = reserved.some((other) => overlaps(other, interval));
  if (equal !== undefined && isOrphan(equal, isOwnerAlive)) {
    return isReserved ? { kind: 'busy' } : { kind: 'takeOver', entry: equal }; // J1
  }
  if (payment.nonce !== record.nonce) return { kind: equal ? 'busy' : 'nonce' }; // J2
  if (isReserved) return { kind: 'busy' }; // J3
  if (overlapsConsumed(record, interval)) return { kind: equal ? 'busy' : 'income' }; // J4
  if (payment.amount > limit) return { kind: 'funds' }; // J5
  const top = getTop(record).amount;
  // Each reserved stretch may yet become an open one.
  const mayLeaveGap = record.open.length + reserved.length < maxOpenIntervals;
  const continues =
    interval.from === top ||
    record.open.some((open) => contains(open, interval)) ||
    (record.open.length < maxOpenIntervals && reserved.some((other) => other.to === interval.from));
  if (continues) return { kind: 'accept' }; // J6
  if (interval.from <= top) return { kind: 'income' };
  const mayGap = payment.allowGap && mayLeaveGap;
  return { kind: mayGap ? 'accept' : 'early' }; // J7
}

/** The committed payment of the same nonce, amount and price. */
export function findEqualEntry(
  record: ChannelRecord,
  payment: { nonce: bigint; amount: bigint; price: bigint },
): Entry | undefined {
  return record.entries.find(
    (entry) =>
      entry.nonce === payment.nonce &&
      entry.amount === payment.amount &&
      entry.price === payment.price,
  );
}

/** Whether nobody alive answers for the entry. */
export function isOrphan(entry: Entry, isOwnerAlive: (owner: string) => boolean): boolean {
  return entry.owner === '' || !isOwnerAlive(entry.owner);
}

/** Whether a stretch of the record's nonce meets `(0, A]` minus the open stretches. */
export function overlapsConsumed(record: ChannelRecord, interval: Interval): boolean {
  const consumed = { from: 0n, to: getTop(record).amount };
  if (!overlaps(interval, consumed)) return false;
  return !record.open.some((open) => contains(open, interval));
}
