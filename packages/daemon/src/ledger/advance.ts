import { type ChannelRecord, emptyRecord } from './record.ts';

/**
 * The record as it counts when the chain's nonce is ahead of it: the channel was claimed outside the
 * daemon or timed out by its sender. What the old nonce still owed is gone; entries and credit are
 * carried (ledger.md, section 5, last item).
 */
export function advanceToChain(record: ChannelRecord, chainNonce: bigint): ChannelRecord {
  if (chainNonce <= record.nonce) return record;
  return {
    ...emptyRecord(record.channelId, chainNonce),
    entries: record.entries,
    credit: record.credit,
    chain: record.chain,
  };
}
