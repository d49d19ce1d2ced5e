import type { Address } from '@snetkit/core';
import { getBlockNumber } from '../blocks/get-block-number.ts';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import type { RequestOptions } from '../rpc/send-request.ts';
import type { AnyEvent, ContractEventSet } from './contract-events.ts';
import { encodeTopics, type Wanted } from './encode-topics.ts';
import { getLogs } from './get-logs.ts';
import { scanRanges } from './scan-ranges.ts';

/** Which blocks are searched. */
export interface ScanOptions extends RequestOptions {
  /** First block; where an earlier scan ended, plus one. */
  readonly fromBlock: bigint;
  /** Last block; the latest one when not given. */
  readonly toBlock?: bigint | undefined;
  /** Most blocks in one request; no limit when not given. */
  readonly maxRange?: bigint | undefined;
}

/** A range of blocks that has been searched. */
export interface ScannedEvents<event> {
  /** First block, inclusive. */
  readonly fromBlock: bigint;
  /** Last block, inclusive: a scan that is stopped here goes on with the next one. */
  readonly toBlock: bigint;
  /** In the order of the chain. */
  readonly events: readonly event[];
}

/** What is searched for. */
export interface ScanEventsOptions<event extends AnyEvent, type extends event['type']>
  extends ScanOptions {
  readonly address: Address;
  readonly set: ContractEventSet<event>;
  /** Names of events; all of the set when not given. */
  readonly types?: readonly type[] | undefined;
  /** Values of indexed arguments, by name. */
  readonly where: Readonly<Record<string, Wanted<unknown>>>;
}

/**
 * Finds events by their indexed arguments, range by range; a range that is too large for the endpoint
 * is halved. Inside this package only.
 *
 * @throws BaseError `RPC_...`, `CONTRACT_ARGUMENT_INVALID`, `ABORTED`
 */
export async function* scanEvents<event extends AnyEvent, type extends event['type']>(
  client: ChainClient,
  options: ScanEventsOptions<event, type>,
): AsyncGenerator<ScannedEvents<Extract<event, { type: type }>>, void, undefined> {
  const { address, set, where, fromBlock, signal } = options;
  const types = options.types ?? (Object.keys(set.topics) as type[]);
  const topics = encodeTopics(set, types, where);
  const toBlock = options.toBlock ?? (await getBlockNumber(client, { signal }));
  const ranges = scanRanges({
    fromBlock,
    toBlock,
    maxRange: options.maxRange ?? toBlock - fromBlock + 1n,
    read: (range) => getLogs(client, { address, events: set, topics, ...range, signal }),
  });
  for await (const { items, ...range } of ranges) {
    yield { ...range, events: items as unknown as readonly Extract<event, { type: type }>[] };
  }
}
