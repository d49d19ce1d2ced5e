import { BaseError } from '@snetkit/core';
import {
  type CallPayment,
  type CallToPay,
  createPaidStrategy,
  type PaidStrategy,
  type PaidStrategyOptions,
  type PaymentAttempt,
} from '@snetkit/payments';

/** Who pays whom, and on how many channels. */
export interface ChannelPoolOptions extends PaidStrategyOptions {
  /** Most channels that are used side by side. */
  readonly channels: number;
}

/** A channel of the pool, and how busy it is. */
interface Lane {
  readonly strategy: PaidStrategy;
  /** Calls that the daemon lets run at once. */
  readonly limit: number;
  running: number;
}

/**
 * Pays calls on several channels side by side, where a daemon takes one call at a time on each: every
 * channel has a paid strategy of its own. A further one is found or opened only when all are busy. With
 * one channel it is the paid strategy.
 */
export function createChannelPool(options: ChannelPoolOptions): PaidStrategy {
  if (options.channels <= 1 || options.channelId !== undefined) return createPaidStrategy(options);
  const pool = new ChannelPool(options);
  return {
    name: 'escrow',
    getPrice: async (path) => options.getPrice(path),
    pay: (call) => new PooledCall(pool, call),
    getMaxInFlight: (call) => pool.getMaxInFlight(call),
    close: () => pool.close(),
  };
}

class ChannelPool {
  readonly #options: ChannelPoolOptions;
  readonly #lanes: Lane[] = [];
  readonly #taken = new Set<bigint>();
  readonly #waiting: (() => void)[] = [];
  #opening: Promise<void> | undefined;
  /** Nothing more can be opened: what is there must do. */
  #isFull = false;

  constructor(options: ChannelPoolOptions) {
    this.#options = options;
  }

  /** Waits for a place on a channel. @throws BaseError as a call that cannot be paid, `ABORTED` */
  async enter(call: CallToPay): Promise<Lane> {
    for (;;) {
      const free = this.#lanes.find(({ running, limit }) => running < limit);
      if (free !== undefined) {
        free.running += 1;
        return free;
      }
      if (!this.#isFull && this.#lanes.length < this.#options.channels) {
        this.#opening ??= this.#open(call).finally(() => {
          this.#opening = undefined;
          this.#wake();
        });
        // Only the first channel is needed: further ones come when they come.
        if (this.#lanes.length === 0) await orAborted(this.#opening, call.signal);
        else await orAborted(Promise.race([this.#opening, this.#whenFree()]), call.signal);
      } else await orAborted(this.#whenFree(), call.signal);
    }
  }

  leave(lane: Lane): void {
    lane.running -= 1;
    this.#wake();
  }

  async getMaxInFlight(call: CallToPay): Promise<number> {
    const [first] = this.#lanes;
    if (first !== undefined) return first.limit;
    const lane = await this.enter(call);
    this.leave(lane);
    return lane.limit;
  }

  async close(): Promise<void> {
    await Promise.all(this.#lanes.map(({ strategy }) => strategy.close()));
  }

  /** One at a time, so that two never choose the same channel. */
  async #open({ path, isReplayable, training }: CallToPay): Promise<void> {
    const claimed = new Set<bigint>();
    const strategy = createPaidStrategy({
      ...this.#options,
      claimChannel: (channelId) => this.#claim(channelId, claimed),
    });
    try {
      // It is everybody's: who is cancelled only stops waiting.
      const limit = await strategy.getMaxInFlight({ path, isReplayable, training });
      this.#lanes.push({ strategy, limit, running: 0 });
    } catch (error) {
      for (const channelId of claimed) this.#taken.delete(channelId);
      if (this.#lanes.length === 0) throw error;
      this.#isFull = true;
    }
  }

  /** Takes a channel, unless another part of the pool, or another process, uses it. */
  async #claim(channelId: bigint, claimed: Set<bigint>): Promise<boolean> {
    if (claimed.has(channelId)) return true;
    if (this.#taken.has(channelId)) return false;
    if (this.#lanes.length > 0 && (await this.#isBusyElsewhere(channelId))) return false;
    this.#taken.add(channelId);
    claimed.add(channelId);
    return true;
  }

  async #isBusyElsewhere(channelId: bigint): Promise<boolean> {
    const { ledger, group } = this.#options;
    const record = await ledger.get({ ...group, channelId });
    return (record?.pending ?? []).some(
      ({ holder }) => holder !== ledger.holder && ledger.isHolderAlive(holder),
    );
  }

  #whenFree(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

class PooledCall implements CallPayment {
  readonly #pool: ChannelPool;
  readonly #call: CallToPay;
  #lane: Lane | undefined;
  #payment: CallPayment | undefined;

  constructor(pool: ChannelPool, call: CallToPay) {
    this.#pool = pool;
    this.#call = call;
  }

  async attempt(): Promise<PaymentAttempt> {
    this.#lane ??= await this.#pool.enter(this.#call);
    this.#payment ??= this.#lane.strategy.pay(this.#call);
    let attempt: PaymentAttempt;
    try {
      attempt = await this.#payment.attempt();
    } catch (error) {
      this.#leave();
      throw error;
    }
    return {
      ...attempt,
      end: async (end) => {
        const after = await attempt.end(end);
        if (after !== 'retry') this.#leave();
        return after;
      },
    };
  }

  #leave(): void {
    if (this.#lane !== undefined) this.#pool.leave(this.#lane);
    this.#lane = undefined;
  }
}

/** The work is shared, and goes on. */
async function orAborted(work: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) return work;
  const aborted = Promise.withResolvers<never>();
  const abort = () => {
    const message = 'The call was cancelled while it waited for a channel.';
    aborted.reject(new BaseError('ABORTED', message, { cause: signal.reason }));
  };
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  try {
    await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
