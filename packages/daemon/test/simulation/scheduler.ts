import type { Timers } from '../../src/accounts/account-ports.ts';

interface Pending {
  readonly label: string;
  readonly run: () => void;
  /** Only timers have a time; everything else may happen at any moment. */
  readonly at?: number;
}

/** Decides by a seed what happens next, and keeps the trace. */
export class Scheduler {
  readonly trace: string[] = [];
  now = 0;
  #state: number;
  #pending: Pending[] = [];

  constructor(seed: number) {
    this.#state = seed;
  }

  /** A number from 0 (included) to 1 (mulberry32). */
  random(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  chance(probability: number): boolean {
    return this.random() < probability;
  }

  pick<T>(values: readonly T[]): T {
    return values[Math.floor(this.random() * values.length)] as T;
  }

  /** Something that may happen at any moment from now on. */
  later(label: string, run: () => void): void {
    this.#pending.push({ label, run });
  }

  /** A promise that is kept at some moment; never, when `isCut` says so by then. */
  moment(label: string, isCut: () => boolean = () => false): Promise<void> {
    return new Promise((resolve) => this.later(label, () => isCut() || resolve()));
  }

  /** Timers that stop with their process. */
  timers(isCut: () => boolean): Timers {
    return {
      now: () => this.now,
      wallSeconds: () => 1_800_000_000 + Math.floor(this.now / 1000),
      after: (ms, callback) => {
        const run = () => isCut() || callback();
        const timer = { label: 'timer', run, at: this.now + ms };
        this.#pending.push(timer);
        return () => {
          this.#pending = this.#pending.filter((pending) => pending !== timer);
        };
      },
    };
  }

  /** Lets things happen until nothing is left but timers later than `horizon` ms. */
  async run(horizon: number, maxSteps = 20_000): Promise<void> {
    for (let step = 0; step < maxSteps; step += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      const next = this.#next(horizon);
      if (next === undefined) return;
      this.#pending = this.#pending.filter((pending) => pending !== next);
      if (next.at !== undefined) this.now = Math.max(this.now, next.at);
      else this.trace.push(next.label);
      next.run();
    }
    throw new Error(`the schedule does not come to rest:\n${this.trace.slice(-40).join('\n')}`);
  }

  #next(horizon: number): Pending | undefined {
    const events = this.#pending.filter(({ at }) => at === undefined);
    const timers = this.#pending
      .filter((pending) => pending.at !== undefined && pending.at <= horizon)
      .sort((a, b) => (a.at ?? 0) - (b.at ?? 0));
    const takeTimer = events.length === 0 || (timers.length > 0 && this.chance(0.05));
    return takeTimer ? timers[0] : this.pick(events);
  }
}
