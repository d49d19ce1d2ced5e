import type {
  ChannelClaimEvent,
  ChannelSenderClaimEvent,
  EscrowEvent,
} from '../events/escrow-event.ts';

/** What a claim really moved, in cogs: the events of the contract do not always say. */
export interface ClaimPayment {
  readonly event: ChannelClaimEvent | ChannelSenderClaimEvent;
  /** Into the escrow balance of the channel's recipient. */
  readonly toRecipient: bigint;
  /** Back into the escrow balance of the channel's sender. */
  readonly toSender: bigint;
  /** Stays in the channel. */
  readonly left: bigint;
}

/**
 * What a claim paid to whom, from its event and the value that the channel had before. With send-back
 * the contract zeroes the channel before it writes the event, which then says 0 for what was sent back;
 * `ChannelSenderClaim` says 0 for the same reason (protocol/sdk.md 5.2).
 *
 * @param valueBefore - cogs in the channel before the claim
 */
export function getClaimPayment(
  event: ChannelClaimEvent | ChannelSenderClaimEvent,
  valueBefore: bigint,
): ClaimPayment {
  if (event.type === 'ChannelSenderClaim') {
    return { event, toRecipient: 0n, toSender: valueBefore, left: 0n };
  }
  const { claimAmount, keepAmount } = event;
  const rest = valueBefore - claimAmount;
  // Either all of the rest is kept or all of it is sent back, and then the event says that 0 is kept.
  const isKept = keepAmount === rest;
  return { event, toRecipient: claimAmount, toSender: isKept ? 0n : rest, left: keepAmount };
}

/** The value of a channel after an event, in cogs. Inside this package only. */
export function applyToValue(value: bigint, event: EscrowEvent): bigint {
  switch (event.type) {
    case 'ChannelOpen':
      // What was added before anybody had opened the channel is overwritten, and lost.
      return event.amount;
    case 'ChannelAddFunds':
      return value + event.additionalFunds;
    case 'ChannelExtend':
      return value;
    case 'ChannelClaim':
    case 'ChannelSenderClaim':
      return getClaimPayment(event, value).left;
  }
}
