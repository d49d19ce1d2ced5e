import { type Address, BaseError, type Hex } from '@snetkit/core';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import { formatQuantity } from '../rpc/quantity.ts';
import { type RequestOptions, sendRequest } from '../rpc/send-request.ts';
import type { AnyEvent, ContractEventSet } from './contract-events.ts';
import { parseLogs } from './raw-log.ts';

/** Per topic: the values that match, or null for any. */
export type Topics = readonly (Hex | readonly Hex[] | null)[];

/** One `eth_getLogs` request. */
export interface GetLogsOptions<event extends AnyEvent> extends RequestOptions {
  /** The contract. */
  readonly address: Address;
  readonly events: ContractEventSet<event>;
  /** First block, inclusive. */
  readonly fromBlock: bigint;
  /** Last block, inclusive. */
  readonly toBlock: bigint;
  readonly topics: Topics;
}

/**
 * The events that match, in the order of the chain. Inside this package only.
 *
 * @throws BaseError `RPC_...`, `ABORTED`
 */
export async function getLogs<event extends AnyEvent>(
  client: ChainClient,
  { address, events, fromBlock, toBlock, topics, signal }: GetLogsOptions<event>,
): Promise<event[]> {
  const range = { fromBlock: formatQuantity(fromBlock), toBlock: formatQuantity(toBlock) };
  const request = { method: 'eth_getLogs', params: [{ address, ...range, topics }] };
  const result = await sendRequest(client, request, { signal });
  return parseLogs(result).map((log) => {
    const event = events.decode(log, address);
    const isInRange = log.blockNumber >= fromBlock && log.blockNumber <= toBlock;
    if (event !== undefined && isInRange && matches(log.topics, topics)) return event;
    throw new BaseError('RPC_ANSWER_INVALID', 'The chain answered a log that was not asked for.', {
      place: `log ${log.logIndex} of block ${log.blockNumber}`,
      expected: `events of ${address} in blocks ${fromBlock} to ${toBlock}`,
    });
  });
}

function matches(found: readonly Hex[], wanted: Topics): boolean {
  return wanted.every((topic, index) => {
    if (topic === null) return true;
    const values = typeof topic === 'string' ? [topic] : topic;
    return values.includes(found[index]?.toLowerCase() as Hex);
  });
}
