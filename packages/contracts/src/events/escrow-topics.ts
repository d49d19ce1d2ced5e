import { type Hex, toEventSelector } from 'viem';
import { multiPartyEscrowAbi } from '../gen/multi-party-escrow.ts';
import type { EscrowEvent } from './escrow-event.ts';

const names: readonly EscrowEvent['type'][] = [
  'ChannelOpen',
  'ChannelClaim',
  'ChannelSenderClaim',
  'ChannelExtend',
  'ChannelAddFunds',
];

/** First topic of every channel event, by its name. */
export const escrowTopics = Object.fromEntries(
  names.map((name) => {
    const event = multiPartyEscrowAbi.find((item) => item.type === 'event' && item.name === name);
    return [name, toEventSelector(event as Extract<typeof event, { type: 'event' }>)];
  }),
) as Readonly<Record<EscrowEvent['type'], Hex>>;
