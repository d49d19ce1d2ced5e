import {
  type ChainClient,
  type Channel,
  type DiscoveryCursor,
  discoverChannels,
  getChannels,
} from '@snetkit/contracts';
import { type Address, sameAddress } from '@snetkit/core';
import type { SearchStore } from '../ledger/client-ledger.ts';
import type { PaymentGroup } from './payment-group.ts';

/** In whose name channels are looked for. */
export interface FindOwnChannelsOptions {
  readonly sender: Address;
  /** Address that signs: the channel's signer, or its sender. */
  readonly signer: Address;
  /** Keeps how far the search has come: what was searched once is not searched again. */
  readonly searches?: SearchStore | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The client's channels to a group: by the indexed topics sender, recipient and group in blocks that
 * have not been searched before, then all of them as the chain has them now. Channels that this signer
 * may not sign for are left out.
 *
 * @throws BaseError when the chain cannot be read
 */
export async function findOwnChannels(
  client: ChainClient,
  group: PaymentGroup,
  { sender, signer, searches, signal }: FindOwnChannelsOptions,
): Promise<readonly Channel[]> {
  const { chainId, mpe, recipient, groupId, deploymentBlock: fromBlock } = group;
  const filter = [sender, recipient, groupId].join('/').toLowerCase();
  const key = { chainId, mpe, filter };
  const known = await searches?.get(key);
  let cursor: DiscoveryCursor | undefined;
  const search = { mpe, sender, recipient, groupId, fromBlock, cursor: known, signal };
  for await (const range of discoverChannels(client, search)) {
    cursor = range.cursor;
    await searches?.set(key, cursor);
  }
  const { channelIds = [] } = cursor ?? known ?? {};
  const channels = await getChannels(client, { mpe, channelIds, signal });
  return channels.filter(
    (channel) =>
      channel !== undefined &&
      sameAddress(channel.recipient, recipient) &&
      channel.groupId.toLowerCase() === groupId.toLowerCase() &&
      (sameAddress(channel.signer, signer) || sameAddress(channel.sender, signer)),
  ) as readonly Channel[];
}
