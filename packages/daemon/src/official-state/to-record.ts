import type { ChannelRecord, ClaimRecord } from '../ledger/record.ts';
import type { OfficialChannel, OfficialPayment } from './official-structs.ts';

/**
 * An official channel as a record of ours. StartClaim has taken the claim's amount off its full
 * amount before the chain did (daemon.md 5.3); the snapshot is what the chain has until the claim lands.
 *
 * @param claim - the claim in progress of the nonce before, if there is one
 */
export function toChannelRecord(
  channel: OfficialChannel,
  claim: OfficialPayment | undefined,
): ChannelRecord {
  const amount = channel.AuthorizedAmount;
  return {
    channelId: channel.ChannelID,
    nonce: channel.Nonce,
    settledAmount: amount,
    settledSignature: amount === 0n ? new Uint8Array(0) : channel.Signature,
    open: [],
    entries: [],
    credit: 0n,
    chain: {
      nonce: claim?.ChannelNonce ?? channel.Nonce,
      sender: channel.Sender,
      signer: channel.Signer,
      recipient: channel.Recipient,
      groupId: channel.GroupID,
      value: channel.FullAmount + (claim?.Amount ?? 0n),
      expiration: channel.Expiration,
    },
  };
}

/**
 * An official claim as a record of ours. The official daemon counts in whole amounts: what was served
 * is what was signed.
 *
 * @param startedBlock - latest block known: the claim had not landed by then
 */
export function toClaimRecord(claim: OfficialPayment, startedBlock: bigint): ClaimRecord {
  return {
    channelId: claim.ChannelID,
    nonce: claim.ChannelNonce,
    amount: claim.Amount,
    signature: claim.Signature,
    actual: claim.Amount,
    startedBlock,
  };
}
