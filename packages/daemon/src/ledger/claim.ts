import { totalLength } from './intervals.ts';
import type { ChannelRecord, ClaimRecord } from './record.ts';
import { getOwed, getTop } from './top.ts';

/** Both records of a claim that starts; they are written in one commit. */
export interface StartedClaim {
  readonly claim: ClaimRecord;
  readonly record: ChannelRecord;
}

/**
 * Moves the top into a claim and the channel to its next nonce (ledger.md, section 5, StartClaim).
 * Entries are carried, so that a call which fails later becomes credit. The caller has checked that
 * the top is not 0, that the chain's nonce is the record's, and that no claim is in progress.
 */
export function startClaim(record: ChannelRecord, { block }: { block: bigint }): StartedClaim {
  const top = getTop(record);
  const served = top.amount - totalLength(record.open);
  const credit = record.credit > served ? record.credit - served : 0n;
  return {
    claim: {
      channelId: record.channelId,
      nonce: record.nonce,
      amount: top.amount,
      signature: top.signature,
      actual: getOwed(record),
      startedBlock: block,
    },
    record: {
      ...record,
      nonce: record.nonce + 1n,
      settledAmount: 0n,
      settledSignature: new Uint8Array(0),
      open: [],
      credit,
    },
  };
}

/**
 * The record after a claim has landed on the chain and its own record goes: what was taken beyond
 * `actual` is credit.
 *
 * @param claimed `claimAmount` of the ChannelClaim event, in cogs
 */
export function removeClaim(
  record: ChannelRecord,
  claim: ClaimRecord,
  claimed: bigint,
): ChannelRecord {
  if (claimed <= claim.actual) return record;
  return { ...record, credit: record.credit + (claimed - claim.actual) };
}
