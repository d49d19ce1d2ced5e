import { startClaim } from './claim.ts';
import { type ChannelRecord, type ClaimRecord, emptyRecord } from './record.ts';
import { getTop } from './top.ts';

/** A record at the chain's nonce, and what its old nonce had signed. */
export interface AdvancedRecord {
  readonly record: ChannelRecord;
  /** `undefined` when nothing was signed, or the chain is not ahead. */
  readonly claim: ClaimRecord | undefined;
}

/**
 * The record as it counts when the chain's nonce is ahead of it: the channel was claimed outside the
 * daemon or timed out by its sender; entries and credit are carried (ledger.md, section 5, last item).
 * Blocks may be replaced, and a node may be wrong: whoever writes the record must write the claim too,
 * unless there is one. It explains the difference, and keeps the signature, when the chain goes back.
 */
export function advance(record: ChannelRecord, chainNonce: bigint): AdvancedRecord {
  if (chainNonce <= record.nonce) return { record, claim: undefined };
  const { channelId, entries, chain } = record;
  // The block in which it landed is not known: before now.
  const started = getTop(record).amount > 0n ? startClaim(record, { block: 0n }) : undefined;
  const { credit } = started?.record ?? record;
  return {
    record: { ...emptyRecord(channelId, chainNonce), entries, credit, chain },
    claim: started?.claim,
  };
}

/** The record as it counts against the chain, for those who do not write it. */
export function advanceToChain(record: ChannelRecord, chainNonce: bigint): ChannelRecord {
  return advance(record, chainNonce).record;
}
