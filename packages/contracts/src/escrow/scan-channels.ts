import type { Address, Hex } from '@snetkit/core';
import type { ChannelOpenEvent } from '../events/escrow-event.ts';
import { scanEscrowEvents } from '../events/scan-escrow-events.ts';
import type { ScanOptions } from '../events/scan-events.ts';
import type { ChainClient } from '../rpc/create-chain-client.ts';

/**
 * Which channels: all three filters are indexed by the contract, so that the endpoint applies them.
 * (The signer is not indexed: a process that has only a delegated key must know the sender.)
 */
export interface ScanChannelsOptions extends ScanOptions {
  readonly mpe: Address;
  readonly sender?: Address | undefined;
  readonly recipient?: Address | undefined;
  /** 32 bytes. */
  readonly groupId?: Hex | undefined;
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
  const { mpe, sender, recipient, groupId, fromBlock, toBlock, maxRange, signal } = options;
  const where = { sender, recipient, groupId };
  const types = ['ChannelOpen'] as const;
  const scan = { fromBlock, toBlock, maxRange, signal };
  for await (const { events, ...range } of scanEscrowEvents(client, {
    mpe,
    types,
    where,
    ...scan,
  })) {
    yield { ...range, channels: events };
  }
}
