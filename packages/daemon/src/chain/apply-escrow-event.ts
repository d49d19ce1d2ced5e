import type { EscrowEvent } from '@snetkit/contracts';
import type { ChannelOnChain } from './chain-view.ts';

/**
 * The channel after an event, or `undefined` when the event does not tell and the channel must be
 * read again. `channel` must be exact up to the event.
 */
export function applyEscrowEvent(
  channel: ChannelOnChain,
  event: EscrowEvent,
): ChannelOnChain | undefined {
  const block = event.blockNumber;
  switch (event.type) {
    case 'ChannelOpen':
      return openedChannel(event);
    case 'ChannelAddFunds':
      return { ...channel, value: channel.value + event.additionalFunds, block };
    case 'ChannelExtend':
      return { ...channel, expiration: event.newExpiration, block };
    case 'ChannelSenderClaim':
      return { ...channel, nonce: event.nonce, value: 0n, expiration: 0n, block };
    case 'ChannelClaim': {
      const left = channel.value - event.claimAmount;
      const { nonce, keepAmount } = event;
      if (keepAmount === left && left > 0n) return { ...channel, nonce, value: left, block };
      // With send-back the contract has zeroed the channel before it writes the event.
      if (keepAmount === 0n && left > 0n) {
        return { ...channel, nonce, value: 0n, expiration: 0n, block };
      }
      // Claimed to the last cog: the event does not tell whether the expiration was zeroed.
      return undefined;
    }
  }
}

/** A channel as its `ChannelOpen` event tells it. */
export function openedChannel(event: EscrowEvent & { type: 'ChannelOpen' }): ChannelOnChain {
  const { channelId, nonce, sender, signer, recipient, groupId, amount, expiration } = event;
  return {
    channelId,
    nonce,
    sender,
    signer,
    recipient,
    groupId,
    value: amount,
    expiration,
    block: event.blockNumber,
  };
}
