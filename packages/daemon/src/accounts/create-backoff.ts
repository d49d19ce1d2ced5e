import type { Timers } from './account-ports.ts';

/** Pauses between tries while the store does not answer. */
export interface Backoff {
  /** Waits: 20 ms at first, twice as long each time, up to 1 s. */
  pause(): Promise<void>;
  /** The store has answered: the next pause is short again. */
  reset(): void;
}

const firstMs = 20;
const longestMs = 1_000;

/** Starts with the short pause. */
export function createBackoff({ after }: Pick<Timers, 'after'>): Backoff {
  let nextMs = firstMs;
  return {
    pause() {
      const ms = nextMs;
      nextMs = Math.min(longestMs, ms * 2);
      return new Promise((resolve) => {
        after(ms, resolve);
      });
    },
    reset() {
      nextMs = firstMs;
    },
  };
}
