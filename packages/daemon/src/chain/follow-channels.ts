import { type ChainClient, type EscrowEvent, getEscrowEvents } from '@snetkit/contracts';
import type { Address } from '@snetkit/core';
import { applyEscrowEvent, openedChannel } from './apply-escrow-event.ts';
import type { ChannelOnChain } from './chain-view.ts';
import { type CachedChannel, createChannelCache } from './channel-cache.ts';
import type { HeadChange, RunningBlockClock } from './create-block-clock.ts';
import type { Head } from './head.ts';
import { mergeEvents, noRecentEvents, type RecentEvents } from './recent-events.ts';

/** Options of {@link followChannels}. */
export interface FollowChannelsOptions {
  readonly client: ChainClient;
  readonly mpe: Address;
  readonly clock: RunningBlockClock;
  /** Channels kept at most. */
  readonly maxChannels: number;
  /** Whether a channel that was just opened is worth keeping before anybody asked for it. */
  readonly keeps: (channel: ChannelOnChain) => boolean;
  readonly signal: AbortSignal | undefined;
}

/** The channels that are known, corrected with every new block. */
export interface ChannelFollower {
  /** Counts how often everything was dropped; what was read before belongs to other blocks. */
  readonly generation: number;
  /** Ids below this one were opened; there may be more. */
  readonly openedBelow: bigint;
  /** Tells that ids below this one were opened, as of blocks that are not replaced. */
  sawOpened(below: bigint): void;
  get(channelId: bigint): CachedChannel | undefined;
  /** Keeps a channel that was read from the contract as of `head`. */
  keep(channel: ChannelOnChain, head: Head): void;
  /** While a read runs, no block is skipped; returns how to say that it is over. */
  hold(): () => void;
}

/** Blocks that are read a second time with the next ones: a node that lagged may have left some out. */
const overlap = 8n;
/** Blocks whose events are remembered for reads that take long. */
const remembered = 64n;
/** When the events of so many blocks cannot be read, everything is dropped instead. */
const maxLag = 64n;
/** The same for a range that is too long to ask for. */
const maxRange = 5_000n;

/**
 * Keeps channels exact with one `eth_getLogs` for each new head, whatever their number; none while
 * there is nothing to correct. When blocks were replaced, everything is dropped and read again as it
 * is asked for.
 */
export function followChannels(options: FollowChannelsOptions): ChannelFollower {
  const { client, mpe, clock, maxChannels, keeps, signal } = options;
  const cache = createChannelCache(maxChannels);
  let generation = 0;
  let openedBelow = 0n;
  let reads = 0;
  let catchingUp = false;
  /** All events up to this block are in the cache. */
  let known = -1n;
  let target = -1n;
  let recent: RecentEvents = noRecentEvents(0n);

  function startOver(block: bigint): void {
    generation += 1;
    cache.clear();
    skipTo(block);
  }

  function skipTo(block: bigint): void {
    known = block;
    recent = noRecentEvents(block + 1n);
  }

  function onHead({ head, replaced }: HeadChange): void {
    target = head.number;
    if (replaced) openedBelow = 0n;
    if (replaced || known < 0n) startOver(head.number);
    else if (!catchingUp) void catchUp();
  }

  async function catchUp(): Promise<void> {
    catchingUp = true;
    try {
      while (known < target) {
        if (cache.size === 0 && reads === 0) skipTo(target);
        else if (target - known > maxRange) startOver(target);
        else await readEvents(target);
      }
    } catch {
      // Told by the clock when the node is gone; the next block tries again, with a longer range.
      if (target - known > maxLag) startOver(target);
    } finally {
      catchingUp = false;
    }
  }

  async function readEvents(to: bigint): Promise<void> {
    const before = generation;
    const first = known + 1n - overlap;
    const from = first > recent.from ? first : recent.from;
    const read = await getEscrowEvents(client, { mpe, fromBlock: from, toBlock: to, signal });
    if (before !== generation) return;
    const merged = mergeEvents(recent, read, { from, known, keep: to + 1n - remembered });
    for (const channelId of merged.doubtful) cache.delete(channelId);
    for (const event of merged.added) apply(event);
    recent = merged.recent;
    known = to;
  }

  function sawOpened(below: bigint): void {
    if (below > openedBelow) openedBelow = below;
  }

  function apply(event: EscrowEvent): void {
    const { channelId } = event;
    if (event.type === 'ChannelOpen') {
      const channel = openedChannel(event);
      sawOpened(channelId + 1n);
      if (keeps(channel)) cache.set(channelId, { channel, exactAt: event.blockNumber - 1n });
      return;
    }
    const cached = cache.get(channelId);
    if (cached !== undefined) update(channelId, cached, [event]);
  }

  function update(channelId: bigint, cached: CachedChannel, events: readonly EscrowEvent[]): void {
    let channel: ChannelOnChain | undefined = cached.channel;
    for (const event of events) {
      if (channel !== undefined && event.blockNumber > cached.exactAt) {
        channel = applyEscrowEvent(channel, event);
      }
    }
    if (channel === undefined) cache.delete(channelId);
    else cache.set(channelId, { ...cached, channel });
  }

  clock.subscribe(onHead);
  return {
    get generation() {
      return generation;
    },
    get openedBelow() {
      return openedBelow;
    },
    sawOpened,
    get: cache.get,
    keep(channel, head) {
      // Otherwise the events since then are forgotten, and nobody knows what it is now.
      if (head.number + 1n < recent.from) return;
      const { channelId } = channel;
      const since = recent.events.filter((event) => event.channelId === channelId);
      update(channelId, { channel, exactAt: head.number, readAt: head.hash }, since);
    },
    hold() {
      reads += 1;
      return () => {
        reads -= 1;
      };
    },
  };
}
