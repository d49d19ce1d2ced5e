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
  /** The claim landed in a later block; `0n` when that is not known. */
  readonly fromBlock: bigint;
  readonly toBlock: bigint;
  readonly signal?: AbortSignal;
}

/**
 * What the claim of a nonce took: `claimAmount` of its ChannelClaim event in cogs, `0n` when the sender
 * took the channel back instead, `undefined` when there is no such event. The newest blocks are searched
 * first: it is rarely an old one.
 *
 * @throws BaseError when the chain cannot be read
 */
export async function findClaimedAmount(
  client: ChainClient,
  options: FindClaimedAmountOptions,
): Promise<bigint | undefined> {
  const { mpe, channelId, nonce, fromBlock, signal } = options;
  let range = firstRange;
  for (let to = options.toBlock; to >= fromBlock; ) {
    const first = to - range + 1n;
    const from = first > fromBlock ? first : fromBlock;
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
    to = from - 1n;
  }
  return undefined;
}
