import type { Address } from '@snetkit/core';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import type { RequestOptions } from '../rpc/send-request.ts';
import type { EscrowEvent } from './escrow-event.ts';
import { escrowChannelEvents } from './escrow-events.ts';
import { getLogs } from './get-logs.ts';

/** Which blocks of which escrow. */
export interface GetEscrowEventsOptions extends RequestOptions {
  readonly mpe: Address;
  /** First block, inclusive. */
  readonly fromBlock: bigint;
  /** Last block, inclusive. */
  readonly toBlock: bigint;
}

/**
 * Everything that happened to the channels of an escrow in a range of blocks, in the order of the
 * chain, with one request.
 *
 * @throws BaseError `RPC_...` (`RPC_REFUSED` when the endpoint finds the range too large), `ABORTED`
 */
export function getEscrowEvents(
  client: ChainClient,
  { mpe, ...options }: GetEscrowEventsOptions,
): Promise<EscrowEvent[]> {
  const topics = [Object.values(escrowChannelEvents.topics)];
  return getLogs(client, { address: mpe, events: escrowChannelEvents, topics, ...options });
}
