import type { ChainView, ChannelOnChain, ExpiryClock } from '../../src/chain/chain-view.ts';
import { confirmations } from './confirmations.ts';
import type { Scheduler } from './scheduler.ts';

interface View {
  readonly name: string;
  readonly seen: Map<bigint, ChannelOnChain>;
  isDead(): boolean;
}

/** Makes the next state of a channel from the last. */
export type ChannelChange = (channel: ChannelOnChain) => Partial<ChannelOnChain>;

/** Told of each change, after it. */
export type OnChainChange = (after: ChannelOnChain, before: ChannelOnChain) => void;

/** The channels on the chain, and the replicas' views of them, which learn late of every change. */
export class SimulatedChain {
  readonly #channels = new Map<bigint, ChannelOnChain>();
  readonly #scheduler: Scheduler;
  readonly #views: View[] = [];
  readonly #onChange: OnChainChange;
  /** What each channel had become, by block. */
  readonly #past = new Map<bigint, ChannelOnChain[]>();
  readonly #last = new Map<bigint, { before: ChannelOnChain; after: ChannelOnChain }>();
  /** Transactions that wait for a reorganisation to be over. */
  readonly #deferred = new Map<bigint, (() => void)[]>();
  block = 1n;

  constructor(
    scheduler: Scheduler,
    channels: readonly ChannelOnChain[],
    onChange: OnChainChange = () => {},
  ) {
    this.#scheduler = scheduler;
    this.#onChange = onChange;
    for (const channel of channels) {
      this.#channels.set(channel.channelId, channel);
      this.#past.set(channel.channelId, [channel]);
    }
  }

  /** Nonce of a channel after a block of the chain as it is now. */
  nonceAt(id: bigint, block: bigint): bigint | undefined {
    return this.#past.get(id)?.findLast((state) => state.block <= block)?.nonce;
  }

  channel(id: bigint): ChannelOnChain {
    return this.#channels.get(id) as ChannelOnChain;
  }

  /** Whether the chain has taken a change of the channel back, for now. */
  isReorganised(id: bigint): boolean {
    return this.#deferred.has(id);
  }

  /** Mines a block in which the channel changes; each view sees it at some later moment. */
  change(id: bigint, makeChange: ChannelChange): void {
    const deferred = this.#deferred.get(id);
    if (deferred === undefined) this.#mine(id, makeChange);
    else deferred.push(() => this.#mine(id, makeChange));
  }

  /** Time passes. */
  advance(blocks: bigint): void {
    this.block += blocks;
  }

  /** The last change of a channel is taken back and comes again later; `false`: nothing to take back. */
  reorganise(id: bigint, forMs: number): boolean {
    const last = this.#last.get(id);
    if (last === undefined || this.#deferred.has(id)) return false;
    // What lies deeper is taken for settled.
    if (this.block >= last.after.block + confirmations) return false;
    this.#deferred.set(id, []);
    this.#past.get(id)?.pop();
    this.#mine(id, () => last.before);
    this.#scheduler.after(forMs, () => {
      const deferred = this.#deferred.get(id) ?? [];
      this.#deferred.delete(id);
      this.#mine(id, () => last.after);
      for (const change of deferred) change();
    });
    return true;
  }

  #mine(id: bigint, makeChange: ChannelChange): void {
    const before = this.channel(id);
    this.block += 1n;
    const after = { ...before, ...makeChange(before), block: this.block };
    this.#channels.set(id, after);
    this.#past.get(id)?.push(after);
    this.#last.set(id, { before, after });
    this.#onChange(after, before);
    for (const view of this.#views) {
      if (view.isDead()) continue;
      this.#scheduler.later(`${view.name} sees block ${after.block}`, () => see(view, after));
    }
  }

  /** How one replica sees the channels. */
  view(name: string, isDead: () => boolean): ChainView {
    const view: View = { name, seen: new Map(), isDead };
    this.#views.push(view);
    return {
      peek: (id) => view.seen.get(id),
      read: async (id) => {
        await this.#scheduler.moment(`${name} asks the chain`, isDead);
        const found = this.#channels.get(id);
        if (!this.#scheduler.chance(0.5)) {
          await this.#scheduler.moment(`${name} has the channel`, isDead);
        }
        if (found !== undefined) see(view, found, { isFirst: true });
        return found;
      },
    };
  }

  /** The clock that all replicas share. */
  clock(): ExpiryClock {
    return { current: () => this.block, latestPossible: () => this.block };
  }
}

/** A view takes what is newer than what it has. */
function see(view: View, found: ChannelOnChain, { isFirst = false } = {}): void {
  const seen = view.seen.get(found.channelId);
  if (seen === undefined ? isFirst : seen.block <= found.block) {
    view.seen.set(found.channelId, found);
  }
}
