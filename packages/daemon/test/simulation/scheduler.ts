import type { Timers } from '../../src/accounts/account-ports.ts';
import { nextTurn } from './turn.ts';

/** Chance is drawn in so many steps: coarse, so that a list of draws can be read and shortened. */
export const drawSteps = 1024;

/** Where a schedule's chance comes from, and what is kept of it. */
export interface SchedulerOptions {
  readonly seed: number;
  /** Draws to play instead of the seed's; when they are used up, nothing unusual happens any more. */
  readonly draws?: readonly number[] | undefined;
  /** Keeps the trace and the draws: too dear for schedules that are all right. */
  readonly isTraced?: boolean | undefined;
}

interface PendingEvent {
  readonly label: string;
  readonly run: () => void;
}

interface PendingTimer {
  readonly run: () => void;
  readonly at: number;
  readonly isBackground: boolean;
}

/** How long {@link Scheduler.run} goes on. */
export interface RunOptions {
  /** Milliseconds of simulated time from now. */
  readonly forMs: number;
  /** Asked whenever nothing but timers is left. */
  readonly isOver?: () => boolean;
  /** Asked before every step. */
  readonly isStopped?: () => boolean;
  readonly maxSteps?: number;
}

/** Decides by a seed what happens next. */
export class Scheduler {
  readonly trace: string[] = [];
  /** What was drawn, when the schedule is traced. */
  readonly draws: number[] = [];
  readonly isTraced: boolean;
  /** Milliseconds. */
  now = 0;
  /** Things that have happened. */
  step = 0;
  #state: number;
  readonly #replayed: readonly number[] | undefined;
  #drawn = 0;
  readonly #events: PendingEvent[] = [];
  /** By time, the latest first. */
  readonly #timers: PendingTimer[] = [];
  #foreground = 0;

  constructor({ seed, draws, isTraced = false }: SchedulerOptions) {
    this.#state = seed;
    this.#replayed = draws;
    this.isTraced = isTraced;
  }

  /** A number from 0 (included) to 1 (mulberry32, coarse). */
  random(): number {
    const draw = this.#draw();
    if (this.isTraced) this.draws.push(draw);
    return draw / drawSteps;
  }

  #draw(): number {
    const drawn = this.#drawn;
    this.#drawn += 1;
    if (this.#replayed !== undefined) return this.#replayed[drawn] ?? drawSteps - 1;
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 22;
  }

  chance(probability: number): boolean {
    // What cannot happen costs no draw, so that a smaller budget reads the same list.
    return probability > 0 && this.random() < probability;
  }

  /** One of the values; the last draw of the scale takes the first of them. */
  pick<T>(values: readonly T[]): T {
    return values[this.#index(values.length)] as T;
  }

  #index(length: number): number {
    return length === 1 ? 0 : length - 1 - Math.floor(this.random() * length);
  }

  /** A line of the trace. */
  note(text: string): void {
    if (this.isTraced) this.trace.push(text);
  }

  /** Something that may happen at any moment from now on. */
  later(label: string, run: () => void): void {
    this.#events.push({ label, run });
  }

  /** A promise that is kept at some moment; never, when `isCut` says so by then. */
  moment(label: string, isCut: () => boolean = never): Promise<void> {
    return new Promise((resolve) => this.later(label, () => isCut() || resolve()));
  }

  /** Calls back at a time of the world around the replicas; the schedule is not over before. */
  after(ms: number, callback: () => void): () => void {
    return this.#addTimer(ms, callback, false);
  }

  /** A pause of the world around the replicas. */
  pause(ms: number): Promise<void> {
    return new Promise((resolve) => this.after(ms, resolve));
  }

  /** Timers of a process, which stop with it. */
  timers(isCut: () => boolean): Timers {
    return {
      now: () => this.now,
      wallSeconds: () => 1_800_000_000 + Math.floor(this.now / 1000),
      after: (ms, callback) => this.#addTimer(ms, () => isCut() || callback(), true),
    };
  }

  #addTimer(ms: number, run: () => void, isBackground: boolean): () => void {
    const timer: PendingTimer = { run, at: this.now + ms, isBackground };
    const timers = this.#timers;
    let index = timers.length;
    while (index > 0 && (timers[index - 1] as PendingTimer).at <= timer.at) index -= 1;
    timers.splice(index, 0, timer);
    if (!isBackground) this.#foreground += 1;
    return () => {
      const found = timers.indexOf(timer);
      if (found < 0) return;
      timers.splice(found, 1);
      if (!isBackground) this.#foreground -= 1;
    };
  }

  /** Whether nothing is left but the timers of processes. */
  get isQuiet(): boolean {
    return this.#events.length === 0 && this.#foreground === 0;
  }

  /** Lets things happen. */
  async run({
    forMs,
    isOver = never,
    isStopped = never,
    maxSteps = 50_000,
  }: RunOptions): Promise<void> {
    const horizon = this.now + forMs;
    for (let step = 0; step < maxSteps; step += 1) {
      await nextTurn();
      if (isStopped() || (this.#events.length === 0 && isOver())) return;
      if (!this.#happen(horizon)) return;
    }
    throw new Error('the schedule does not come to rest');
  }

  /** Lets the oldest thing happen whose label is not held back; `false` when there is none. */
  happenUnless(isHeld: (label: string) => boolean): boolean {
    const index = this.#events.findIndex(({ label }) => !isHeld(label));
    if (index < 0) return false;
    const [event] = this.#events.splice(index, 1);
    this.step += 1;
    this.note((event as PendingEvent).label);
    (event as PendingEvent).run();
    return true;
  }

  /** Lets the next timer go off that is due by then; `false` when there is none. */
  ring(horizon: number): boolean {
    const timer = this.#timers.at(-1);
    if (timer === undefined || timer.at > horizon) return false;
    this.#timers.pop();
    if (!timer.isBackground) this.#foreground -= 1;
    if (timer.at > this.now) this.now = timer.at;
    this.step += 1;
    timer.run();
    return true;
  }

  #happen(horizon: number): boolean {
    const timer = this.#timers.at(-1);
    const isDue = timer !== undefined && timer.at <= horizon;
    if (this.#events.length > 0 && !(isDue && this.chance(0.05))) {
      const [event] = this.#events.splice(this.#index(this.#events.length), 1);
      this.step += 1;
      this.note((event as PendingEvent).label);
      (event as PendingEvent).run();
      return true;
    }
    return this.ring(horizon);
  }
}

const never = () => false;
