import { BaseError } from '@snetkit/core';
import { type BlockId, getBlock } from '../blocks/get-block.ts';
import type { ChannelOpenEvent } from '../events/escrow-event.ts';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import type { RequestOptions } from '../rpc/send-request.ts';
import { type ScanChannelsOptions, scanChannels } from './scan-channels.ts';

/**
 * How far a search has come. It can be written down (`stringifyJson` of core keeps every digit) and
 * belongs to one escrow and one filter: another sender needs a search of its own.
 */
export interface DiscoveryCursor {
  /** The next search begins with this block. */
  readonly nextBlock: bigint;
  /** Channels found so far, oldest first. */
  readonly channelIds: readonly bigint[];
  /** The latest block of that search: a chain that does not have it any more is searched from the start. */
  readonly head: BlockId;
}

/** Which channels, and where an earlier search ended. */
export interface DiscoverChannelsOptions extends Omit<ScanChannelsOptions, 'fromBlock'> {
  /** From an earlier search, ended or interrupted. */
  readonly cursor?: DiscoveryCursor | undefined;
  /** First block when there is no cursor: the one in which the escrow was deployed. */
  readonly fromBlock: bigint;
  /**
   * Blocks before the latest one that are searched again next time, since a reorganisation may put a
   * channel into a block that was empty; 64 when not given, two epochs of mainnet.
   */
  readonly overlap?: bigint | undefined;
}

/** What a search has found in a range of blocks. */
export interface DiscoveredChannels {
  /** To be kept: a search that is given this one goes on behind the range. */
  readonly cursor: DiscoveryCursor;
  /** Channels of this range that the cursor did not know before; all, when it counted no more. */
  readonly found: readonly ChannelOpenEvent[];
  /** Last block searched, inclusive. */
  readonly toBlock: bigint;
}

/**
 * Finds the channels of a sender (or recipient, or group) by indexed topics, range by range, each with
 * a cursor. A search that was interrupted, or that is made again another day, reads only blocks that
 * are new; each channel is found once. Where the chain is another one by now, it begins from the start.
 *
 * @throws BaseError `RPC_...`, `CONTRACT_ARGUMENT_INVALID`, `ABORTED`
 *
 * @example
 * ```ts
 * for await (const { cursor } of discoverChannels(client, { mpe, sender, fromBlock, cursor: kept })) {
 *   kept = cursor;
 * }
 * ```
 */
export async function* discoverChannels(
  client: ChainClient,
  options: DiscoverChannelsOptions,
): AsyncGenerator<DiscoveredChannels, void, undefined> {
  const { overlap = 64n, toBlock, signal } = options;
  const head = await getBlock(client, { blockNumber: toBlock, signal });
  if (head === undefined) {
    throw new BaseError('RPC_ANSWER_INVALID', 'The chain does not have the block yet.', {
      expected: `block ${toBlock ?? 'latest'}`,
    });
  }
  const cursor = await findValid(client, { cursor: options.cursor, head, signal });
  const fromBlock = cursor?.nextBlock ?? options.fromBlock;
  const settled = max(fromBlock, head.blockNumber - overlap + 1n);
  const known = new Set(cursor?.channelIds);
  for await (const range of scanChannels(client, {
    ...options,
    fromBlock,
    toBlock: head.blockNumber,
  })) {
    const found = range.channels.filter(({ channelId }) => !known.has(channelId));
    for (const { channelId } of found) known.add(channelId);
    const end = range.toBlock + 1n;
    const nextBlock = end < settled ? end : settled;
    yield { cursor: { nextBlock, channelIds: [...known], head }, found, toBlock: range.toBlock };
  }
}

interface FindValidOptions extends RequestOptions {
  readonly cursor: DiscoveryCursor | undefined;
  readonly head: BlockId;
}

/** A local chain that was started anew, or a deep reorganisation: what was found counts no more. */
async function findValid(
  client: ChainClient,
  { cursor, head, signal }: FindValidOptions,
): Promise<DiscoveryCursor | undefined> {
  if (cursor === undefined) return undefined;
  const { blockNumber, blockHash } = cursor.head;
  const isHead = blockNumber === head.blockNumber;
  const now = isHead ? head : await getBlock(client, { blockNumber, signal });
  return now?.blockHash === blockHash.toLowerCase() ? cursor : undefined;
}

function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
