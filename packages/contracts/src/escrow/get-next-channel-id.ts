import type { Address } from '@snetkit/core';
import { multiPartyEscrow } from '../gen/multi-party-escrow.ts';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import { readContract } from '../rpc/read-contract.ts';
import type { RequestOptions } from '../rpc/send-request.ts';

/** Which escrow. */
export interface GetNextChannelIdOptions extends RequestOptions {
  readonly mpe: Address;
}

/**
 * The id that the next channel gets, which is also how many channels there have been: ids count from
 * 0 (`nextChannelId`). Who opens a channel learns its id from the result, not from here.
 *
 * @throws BaseError `CONTRACT_MISSING`, `RPC_...`, `ABORTED`
 */
export function getNextChannelId(
  client: ChainClient,
  { mpe, signal }: GetNextChannelIdOptions,
): Promise<bigint> {
  const call = multiPartyEscrow.read('nextChannelId', []);
  return readContract(client, { address: mpe, call, signal });
}
