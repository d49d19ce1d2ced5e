import { type Address, BaseError, type Hex } from '@snetkit/core';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import { formatQuantity } from '../rpc/quantity.ts';
import { type RequestOptions, sendRequest } from '../rpc/send-request.ts';
import { decodeEscrowEvent } from './decode-escrow-event.ts';
import type { EscrowEvent } from './escrow-event.ts';
import { parseLogs } from './raw-log.ts';

/** One `eth_getLogs` request. */
export interface GetEscrowLogsOptions extends RequestOptions {
  readonly mpe: Address;
  /** First block, inclusive. */
  readonly fromBlock: bigint;
  /** Last block, inclusive. */
  readonly toBlock: bigint;
  /** Per topic: the values that match, or null for any. */
  readonly topics: readonly (Hex | readonly Hex[] | null)[];
}

/**
 * The channel events that match, in the order of the chain. Inside this package only.
 *
 * @throws BaseError `RPC_...`, `ABORTED`
 */
export async function getEscrowLogs(
  client: ChainClient,
  { mpe, fromBlock, toBlock, topics, signal }: GetEscrowLogsOptions,
): Promise<EscrowEvent[]> {
  const filter = {
    address: mpe,
    fromBlock: formatQuantity(fromBlock),
    toBlock: formatQuantity(toBlock),
    topics,
  };
  const result = await sendRequest(client, { method: 'eth_getLogs', params: [filter] }, { signal });
  const events: EscrowEvent[] = [];
  for (const log of parseLogs(result)) {
    const event = decodeEscrowEvent(log, mpe);
    if (event === undefined || log.blockNumber < fromBlock || log.blockNumber > toBlock) {
      throw new BaseError(
        'RPC_ANSWER_INVALID',
        'The chain answered a log that was not asked for.',
        {
          place: `log ${log.logIndex} of block ${log.blockNumber}`,
          expected: `events of ${mpe} in blocks ${fromBlock} to ${toBlock}`,
        },
      );
    }
    events.push(event);
  }
  return events;
}
