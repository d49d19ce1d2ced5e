import type { ChainView, ChannelOnChain } from '../../src/chain/chain-view.ts';
import type { Scheduler } from './scheduler.ts';

interface View {
  readonly name: string;
  seen: ChannelOnChain | undefined;
}

/** The channel on the chain, and the replicas' views of it, which learn late of every change. */
export class SimulatedChain {
  channel: ChannelOnChain;
  readonly #scheduler: Scheduler;
  readonly #views = new Set<View>();

  constructor(scheduler: Scheduler, channel: ChannelOnChain) {
    this.#scheduler = scheduler;
    this.channel = channel;
  }

  /** Mines a block in which the channel changes; each view sees it at some later moment. */
  change(what: Partial<ChannelOnChain>): void {
    this.channel = { ...this.channel, ...what, block: this.channel.block + 1n };
    const now = this.channel;
    for (const view of this.#views) {
      this.#scheduler.later(`${view.name} sees block ${now.block}`, () => {
        if (view.seen !== undefined && view.seen.block < now.block) view.seen = now;
      });
    }
  }

  /** How one replica sees the channel. */
  view(name: string, isDead: () => boolean): ChainView {
    const view: View = { name, seen: undefined };
    this.#views.add(view);
    return {
      peek: () => view.seen,
      read: async () => {
        await this.#scheduler.moment(`${name} asks the chain`);
        const found = this.channel;
        await this.#scheduler.moment(`${name} has the channel`, isDead);
        if (view.seen === undefined || view.seen.block <= found.block) view.seen = found;
        return found;
      },
    };
  }
}
