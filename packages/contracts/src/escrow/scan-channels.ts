import type { Address, Hex } from '@snetkit/core';
import { BaseError } from '@snetkit/core';
import { isAddress, isHex, pad, size } from 'viem';
import { getBlockNumber } from '../blocks/get-block-number.ts';
import type { ChannelOpenEvent } from '../events/escrow-event.ts';
import { escrowTopics } from '../events/escrow-topics.ts';
import { getEscrowLogs } from '../events/get-escrow-logs.ts';
import { scanRanges } from '../events/scan-ranges.ts';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import type { RequestOptions } from '../rpc/send-request.ts';

/**
 * Which channels: all three filters are indexed by the contract, so that the endpoint applies them.
 * (The signer is not indexed: a process that has only a delegated key must know the sender.)
 */
export interface ScanChannelsOptions extends RequestOptions {
  readonly mpe: Address;
  readonly sender?: Address | undefined;
  readonly recipient?: Address | undefined;
  /** 32 bytes. */
  readonly groupId?: Hex | undefined;
  /** First block; where an earlier scan ended, plus one. */
  readonly fromBlock: bigint;
  /** Last block; the latest one when not given. */
  readonly toBlock?: bigint | undefined;
  /** Most blocks in one request; no limit when not given. */
  readonly maxRange?: bigint | undefined;
}

/** A range of blocks that has been searched. */
export interface ScannedChannels {
  /** First block, inclusive. */
  readonly fromBlock: bigint;
  /** Last block, inclusive. */
  readonly toBlock: bigint;
  readonly channels: readonly ChannelOpenEvent[];
}

/**
 * Finds the opening of channels, range by range, so that a caller can show progress, stop, and go on
 * later after the last `toBlock`. A range that is too large for the endpoint is halved.
 *
 * @throws BaseError `RPC_...`, `CONTRACT_ARGUMENT_INVALID`, `ABORTED`
 */
export async function* scanChannels(
  client: ChainClient,
  options: ScanChannelsOptions,
): AsyncGenerator<ScannedChannels, void, undefined> {
  const { mpe, sender, recipient, groupId, fromBlock, signal } = options;
  const toBlock = options.toBlock ?? (await getBlockNumber(client, { signal }));
  const topics = [
    escrowTopics.ChannelOpen,
    toTopic(sender, 'sender'),
    toTopic(recipient, 'recipient'),
    toTopic(groupId, 'groupId'),
  ];
  const ranges = scanRanges({
    fromBlock,
    toBlock,
    maxRange: options.maxRange ?? toBlock - fromBlock + 1n,
    read: (range) => getEscrowLogs(client, { mpe, topics, ...range, signal }),
  });
  for await (const { items, ...range } of ranges) {
    yield { ...range, channels: items.filter((event) => event.type === 'ChannelOpen') };
  }
}

function toTopic(value: Hex | undefined, name: string): Hex | null {
  if (value === undefined) return null;
  const isRight =
    name === 'groupId' ? isHex(value) && size(value) === 32 : isAddress(value, { strict: false });
  if (isRight) return pad(value).toLowerCase() as Hex;
  throw new BaseError('CONTRACT_ARGUMENT_INVALID', `The ${name} of the channels cannot be used.`, {
    expected: name === 'groupId' ? '0x and 64 hexadecimal digits' : 'an address',
    found: value,
  });
}
