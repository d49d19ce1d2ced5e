import type { Timers } from './account-ports.ts';

/** How long somebody waits at most. */
export interface WaitOptions {
  /** Milliseconds. */
  readonly ms: number;
  readonly signal?: AbortSignal;
}

/** Those who wait until something is so; told of every change. */
export class Watchers {
  readonly #timers: Pick<Timers, 'after'>;
  readonly #looks = new Set<() => void>();

  constructor(timers: Pick<Timers, 'after'>) {
    this.#timers = timers;
  }

  get size(): number {
    return this.#looks.size;
  }

  /** Something has changed: everybody looks again. */
  wake(): void {
    for (const look of [...this.#looks]) if (this.#looks.has(look)) look();
  }

  /** What `find` finds, now or after a change; `undefined` when the time is up or the signal says so. */
  until<T>(find: () => T | undefined, { ms, signal }: WaitOptions): Promise<T | undefined> {
    return new Promise((resolve) => {
      const finish = (found: T | undefined) => {
        this.#looks.delete(look);
        signal?.removeEventListener('abort', giveUp);
        stopWaiting();
        resolve(found);
      };
      const look = () => {
        // Off the list first: what is found may wake the others, and must not come back here.
        this.#looks.delete(look);
        const found = find();
        if (found === undefined) this.#looks.add(look);
        else finish(found);
      };
      const giveUp = () => finish(undefined);
      const stopWaiting = this.#timers.after(ms, giveUp);
      signal?.addEventListener('abort', giveUp);
      this.#looks.add(look);
      if (signal?.aborted) giveUp();
      else look();
    });
  }
}
