import { addInterval, intervalOf, subtractInterval } from './intervals.ts';
import { findEqualEntry, isOrphan, overlapsConsumed } from './judge.ts';
import type { ChannelRecord, Entry } from './record.ts';
import { getTop } from './top.ts';

/** A call of this replica whose first response message is in hand. */
export type CommittedCall = Entry;

/**
 * What committing a call makes of the record.
 * `done`: an earlier attempt had applied; `takenOver`: an orphan is answered for again, by `deadOwner`
 * having died (empty when it had none); `refused`: the payment lost meanwhile.
 */
export type CommitResult =
  | { readonly kind: 'applied'; readonly record: ChannelRecord }
  | { readonly kind: 'done'; readonly record: ChannelRecord }
  | { readonly kind: 'takenOver'; readonly record: ChannelRecord; readonly deadOwner: string }
  | { readonly kind: 'refused'; readonly reason: 'nonce' | 'busy' | 'income' };

/**
 * The call's one write (ledger.md, section 4, "commit"). No adjacency is asked for here: it was asked
 * for when the call was admitted.
 */
export function commitCall(
  record: ChannelRecord,
  call: CommittedCall,
  { isOwnerAlive }: { isOwnerAlive(owner: string): boolean },
): CommitResult {
  const own = record.entries.some(
    (entry) => entry.owner === call.owner && entry.call === call.call,
  );
  if (own) return { kind: 'done', record };
  const equal = findEqualEntry(record, call);
  if (equal !== undefined && isOrphan(equal, isOwnerAlive)) {
    const entries = record.entries.map((entry) => (entry === equal ? call : entry));
    return { kind: 'takenOver', record: { ...record, entries }, deadOwner: equal.owner };
  }
  if (call.nonce !== record.nonce) return { kind: 'refused', reason: 'nonce' };
  const interval = intervalOf(call);
  if (overlapsConsumed(record, interval)) {
    return { kind: 'refused', reason: equal === undefined ? 'income' : 'busy' };
  }
  const top = getTop(record).amount;
  const open =
    call.price > 0n && call.amount > top
      ? addInterval(record.open, { from: top, to: interval.from })
      : subtractInterval(record.open, interval);
  return { kind: 'applied', record: { ...record, open, entries: [...record.entries, call] } };
}
