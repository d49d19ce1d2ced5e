import type { ChannelKey } from './client-ledger.ts';

/** What errors call a ledger, or one channel in it. */
export function placeOf({
  chainId,
  mpe,
  channelId,
}: Omit<ChannelKey, 'channelId'> & { readonly channelId?: bigint }): string {
  const channel = channelId === undefined ? '' : `, channel ${channelId}`;
  return `payment ledger of chain ${chainId}, escrow ${mpe}${channel}`;
}
