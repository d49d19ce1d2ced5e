import { type ChainClient, getChannel } from '@snetkit/contracts';
import type { Address } from '@snetkit/core';
import { atBlock } from './at-block.ts';

/** Which channel, and when. */
export interface ReadNonceAtOptions {
  readonly mpe: Address;
  readonly channelId: bigint;
  /** Blocks that are long past are known to few nodes. */
  readonly block: bigint;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/**
 * Nonce of a channel as it was after a block; `undefined` when it was not open then.
 *
 * @throws BaseError when the chain cannot be read in time
 */
export async function readNonceAt(
  client: ChainClient,
  { mpe, channelId, block, timeoutMs, signal }: ReadNonceAtOptions,
): Promise<bigint | undefined> {
  const channel = await getChannel(atBlock(client, block), {
    ...{ mpe, channelId },
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
  });
  return channel?.nonce;
}
