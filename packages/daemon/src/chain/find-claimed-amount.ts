import { type ChainClient, getEscrowEvents } from '@snetkit/contracts';
import type { Address } from '@snetkit/core';

/** Blocks asked for at once; halved while the node finds it too much. */
const firstRange = 10_000n;
const smallestRange = 16n;

/** Which claim, and where to look. */
export interface FindClaimedAmountOptions {
  readonly mpe: Address;
  readonly channelId: bigint;
  /** Nonce under which the payments were signed: the channel had it before the claim. */
  readonly nonce: bigint;
  /** The claim landed in a later block. */
  readonly fromBlock: bigint;
  readonly toBlock: bigint;
  readonly signal?: AbortSignal;
}

/**
 * What the claim of a nonce took: `claimAmount` of its ChannelClaim event in cogs, `0n` when the sender
 * took the channel back instead, `undefined` when there is no such event.
 *
 * @throws BaseError when the chain cannot be read
 */
export async function findClaimedAmount(
  client: ChainClient,
  options: FindClaimedAmountOptions,
): Promise<bigint | undefined> {
  const { mpe, channelId, nonce, toBlock, signal } = options;
  let range = firstRange;
  for (let from = options.fromBlock; from <= toBlock; ) {
    const last = from + range - 1n;
    const to = last < toBlock ? last : toBlock;
    let events: Awaited<ReturnType<typeof getEscrowEvents>>;
    try {
      events = await getEscrowEvents(client, { mpe, fromBlock: from, toBlock: to, signal });
    } catch (error) {
      if (range <= smallestRange || signal?.aborted === true) throw error;
      range /= 2n;
      continue;
    }
    for (const event of events) {
      if (event.channelId !== channelId) continue;
      if (event.type === 'ChannelClaim' && event.nonce === nonce + 1n) return event.claimAmount;
      if (event.type === 'ChannelSenderClaim' && event.nonce === nonce + 1n) return 0n;
    }
    from = to + 1n;
  }
  return undefined;
}
