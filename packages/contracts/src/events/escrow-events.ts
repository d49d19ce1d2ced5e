import { multiPartyEscrowAbi } from '../gen/multi-party-escrow.ts';
import { defineEvents } from './contract-events.ts';
import type { EscrowBalanceEvent, EscrowEvent } from './escrow-event.ts';

const channelEvents = [
  'ChannelOpen',
  'ChannelClaim',
  'ChannelSenderClaim',
  'ChannelExtend',
  'ChannelAddFunds',
] as const;

/** The events about channels. */
export const escrowChannelEvents = /*#__PURE__*/ defineEvents<EscrowEvent>({
  abi: multiPartyEscrowAbi,
  names: channelEvents,
});

/** All events of the escrow. */
export const escrowEvents = /*#__PURE__*/ defineEvents<EscrowEvent | EscrowBalanceEvent>({
  abi: multiPartyEscrowAbi,
  names: [...channelEvents, 'DepositFunds', 'WithdrawFunds', 'TransferFunds'],
});
