import type { ChannelOpenEvent } from '../events/escrow-event.ts';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import { type ScanChannelsOptions, scanChannels } from './scan-channels.ts';

/**
 * All channels that match, as they were when they were opened, oldest first; read each with
 * `getChannel` to know it as it is now. For progress and resuming see {@link scanChannels}.
 *
 * @throws BaseError `RPC_...`, `CONTRACT_ARGUMENT_INVALID`, `ABORTED`
 *
 * @example
 * ```ts
 * const mine = await findChannels(client, { mpe, sender, recipient, groupId, fromBlock: 0n });
 * ```
 */
export async function findChannels(
  client: ChainClient,
  options: ScanChannelsOptions,
): Promise<ChannelOpenEvent[]> {
  const found: ChannelOpenEvent[] = [];
  for await (const { channels } of scanChannels(client, options)) found.push(...channels);
  return found;
}
