import { type ChainClient, type Channel, findChannels, getChannel } from '@snetkit/contracts';
import { type Address, sameAddress } from '@snetkit/core';
import type { PaymentGroup } from './payment-group.ts';

/** In whose name channels are looked for. */
export interface FindOwnChannelsOptions {
  readonly sender: Address;
  /** Address that signs: the channel's signer, or its sender. */
  readonly signer: Address;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The client's channels to a group: one query by the indexed topics sender, recipient and group, then
 * each channel as the chain has it now. Channels that this signer may not sign for are left out.
 *
 * @throws BaseError when the chain cannot be read
 */
export async function findOwnChannels(
  client: ChainClient,
  group: PaymentGroup,
  { sender, signer, signal }: FindOwnChannelsOptions,
): Promise<readonly Channel[]> {
  const { mpe, recipient, groupId, deploymentBlock } = group;
  const events = await findChannels(client, {
    mpe,
    sender,
    recipient,
    groupId,
    fromBlock: deploymentBlock,
    ...(signal && { signal }),
  });
  const channels = await Promise.all(
    events.map(({ channelId }) => getChannel(client, { mpe, channelId })),
  );
  return channels.filter(
    (channel) =>
      channel !== undefined &&
      sameAddress(channel.recipient, recipient) &&
      channel.groupId.toLowerCase() === groupId.toLowerCase() &&
      (sameAddress(channel.signer, signer) || sameAddress(channel.sender, signer)),
  ) as readonly Channel[];
}
