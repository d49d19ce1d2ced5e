import type { ChannelRecord, ClaimRecord } from './record.ts';

/**
 * The highest amount that the channel can still pay at the record's nonce, in cogs (ledger.md, section 10).
 *
 * @param claim the claim of the chain's nonce, needed while the record is one ahead
 * @returns undefined when record and chain do not explain each other: read the chain again
 */
export function getLimit(
  record: ChannelRecord,
  chain: { nonce: bigint; value: bigint },
  claim: ClaimRecord | undefined,
): bigint | undefined {
  if (chain.nonce === record.nonce) return chain.value;
  if (chain.nonce + 1n === record.nonce && claim?.nonce === chain.nonce) {
    return chain.value - claim.amount;
  }
  return undefined;
}
