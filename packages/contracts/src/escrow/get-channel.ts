import type { Address } from '@snetkit/core';
import { multiPartyEscrow } from '../gen/multi-party-escrow.ts';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import { readContract } from '../rpc/read-contract.ts';
import type { RequestOptions } from '../rpc/send-request.ts';
import type { Channel } from './channel.ts';
import { toChannel } from './to-channel.ts';

/** Which channel. */
export interface GetChannelOptions extends RequestOptions {
  readonly mpe: Address;
  readonly channelId: bigint;
}

/**
 * A channel as it is at the latest block (`channels(uint256)`); undefined when it was never opened.
 *
 * @throws BaseError `CONTRACT_MISSING`, `CONTRACT_ARGUMENT_INVALID`, `RPC_...`, `ABORTED`
 */
export async function getChannel(
  client: ChainClient,
  { mpe, channelId, signal }: GetChannelOptions,
): Promise<Channel | undefined> {
  const call = multiPartyEscrow.read('channels', [channelId]);
  const result = await readContract(client, { address: mpe, call, signal });
  return toChannel(channelId, result);
}
