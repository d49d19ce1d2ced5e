import { advance } from '../ledger/advance.ts';
import type { OwnEnd } from '../ledger/keep.ts';
import type { ChainSnapshot, ChannelRecord, ClaimRecord } from '../ledger/record.ts';
import type { LedgerRules } from '../ledger/rules.ts';
import { type CallPhase, endOf, type OwnCall, wantsCommit } from './own-call.ts';

/** What is known when a write is planned. */
export interface WriteCircumstances {
  /** The owner in whose name the calls run. */
  readonly owner: string;
  readonly chain: ChainSnapshot | undefined;
  isOwnerAlive(owner: string): boolean;
  readonly rules: Pick<LedgerRules, 'keep' | 'commitCall'>;
}

/** A call whose end a write records, with the phase that it had then. */
export interface PlannedEnd {
  readonly call: OwnCall;
  readonly phase: CallPhase;
}

/** A call whose payment lost before it was committed. */
export interface PlannedRefusal {
  readonly call: OwnCall;
  readonly reason: 'nonce' | 'busy' | 'income';
}

/** One write of a replica on one channel: all that has become ready, on one read of the record. */
export interface WritePlan {
  /** The same object as the record read when there is nothing to write. */
  readonly record: ChannelRecord;
  /** What the record's old nonce had signed, when this write leaves it; written with it unless it is there. */
  readonly claim: ClaimRecord | undefined;
  readonly committed: readonly OwnCall[];
  readonly refused: readonly PlannedRefusal[];
  readonly ended: readonly PlannedEnd[];
  /** Owners that must still be dead when the write applies. */
  readonly deadOwners: readonly string[];
}

/**
 * Builds the next write: first the ends of own calls, then the commits, lowest amount first. Notes on
 * each call whether it answers for a dead owner's payment.
 */
export function planWrite(
  record: ChannelRecord,
  calls: Iterable<OwnCall>,
  { owner, chain, isOwnerAlive, rules }: WriteCircumstances,
): WritePlan {
  const ends = new Map<bigint, OwnEnd>();
  const ended: PlannedEnd[] = [];
  const toCommit: OwnCall[] = [];
  for (const call of calls) {
    const end = endOf(call);
    if (end !== undefined) {
      ends.set(call.number, end);
      ended.push({ call, phase: call.phase });
    } else if (wantsCommit(call)) toCommit.push(call);
  }
  toCommit.sort((a, b) => (a.payment.amount < b.payment.amount ? -1 : 1));

  const { record: current, claim } = advance(record, chain?.nonce ?? 0n);
  let next = rules.keep(current, owner, ends);
  const committed: OwnCall[] = [];
  const refused: PlannedRefusal[] = [];
  const deadOwners: string[] = [];
  for (const call of toCommit) {
    const { nonce, amount, price, signature } = call.payment;
    const entry = {
      nonce,
      amount,
      price,
      signature,
      owner,
      call: call.number,
      committedAt: call.committedAt,
    };
    const result = rules.commitCall(next, entry, { isOwnerAlive });
    if (result.kind === 'refused') {
      refused.push({ call, reason: result.reason });
      continue;
    }
    // The same record gives the same answer again, so a write of unknown outcome does not change it.
    if (result.kind !== 'done') call.takesOver = result.kind === 'takenOver';
    if (result.kind === 'takenOver' && result.deadOwner !== '') deadOwners.push(result.deadOwner);
    next = result.record;
    committed.push(call);
  }
  if (next !== record && chain !== undefined) next = { ...next, chain };
  return { record: next, claim, committed, refused, ended, deadOwners };
}
