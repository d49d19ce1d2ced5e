import type { ChannelOnChain } from './chain-view.ts';

/** A channel, and up to where it is known. */
export interface CachedChannel {
  readonly channel: ChannelOnChain;
  /** Events of later blocks are applied to it as they become known; those up to here are in it. */
  readonly exactAt: bigint;
  /** Hash of the block at which the contract was read; undefined when an event told of the channel. */
  readonly readAt?: string;
}

/** Channels by id; the one that was not used for the longest time goes first. */
export interface ChannelCache {
  readonly size: number;
  get(channelId: bigint): CachedChannel | undefined;
  set(channelId: bigint, cached: CachedChannel): void;
  delete(channelId: bigint): void;
  clear(): void;
}

/** A cache of at most `maxChannels`. */
export function createChannelCache(maxChannels: number): ChannelCache {
  // A Map keeps the order of insertion: the first key is the oldest.
  const channels = new Map<bigint, CachedChannel>();
  return {
    get size() {
      return channels.size;
    },
    get(channelId) {
      const cached = channels.get(channelId);
      if (cached !== undefined) {
        channels.delete(channelId);
        channels.set(channelId, cached);
      }
      return cached;
    },
    set(channelId, cached) {
      channels.delete(channelId);
      channels.set(channelId, cached);
      if (channels.size > maxChannels) {
        const [oldest] = channels.keys();
        if (oldest !== undefined) channels.delete(oldest);
      }
    },
    delete(channelId) {
      channels.delete(channelId);
    },
    clear: () => channels.clear(),
  };
}
