import type { Address } from '@snetkit/core';
import { multiPartyEscrow } from '../gen/multi-party-escrow.ts';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import { readContracts } from '../rpc/read-contracts.ts';
import type { RequestOptions } from '../rpc/send-request.ts';
import { unwrap } from '../rpc/unwrap.ts';
import type { Channel } from './channel.ts';
import { toChannel } from './to-channel.ts';

/** Which channels. */
export interface GetChannelsOptions extends RequestOptions {
  readonly mpe: Address;
  readonly channelIds: readonly bigint[];
  /** Block whose state is read; the latest one when not given. Old ones need an archive node. */
  readonly blockNumber?: bigint | undefined;
}

/**
 * Reads many channels in few requests, all at one block; in the order of the ids, undefined where
 * nobody has opened one.
 *
 * @throws BaseError `CONTRACT_MISSING`, `CONTRACT_ARGUMENT_INVALID`, `RPC_...`, `ABORTED`
 */
export async function getChannels(
  client: ChainClient,
  { mpe, channelIds, blockNumber, signal }: GetChannelsOptions,
): Promise<readonly (Channel | undefined)[]> {
  const calls = channelIds.map((id) => ({
    address: mpe,
    call: multiPartyEscrow.read('channels', [id]),
  }));
  const outcomes = await readContracts(client, { calls, blockNumber, signal });
  return outcomes.map((outcome, index) => toChannel(channelIds[index] ?? 0n, unwrap(outcome)));
}
