import type { ChainTimers } from '../../src/chain/timers.ts';

/** Timers that stand still until the test moves them. */
export interface ManualTimers extends ChainTimers {
  /** Milliseconds of the timers that wait, soonest first. */
  readonly delays: number[];
  /** Moves the time and calls back whatever is due. */
  advance(ms: number): void;
}

/** Timers at zero. */
export function createManualTimers(): ManualTimers {
  let now = 0;
  const waiting = new Set<{ due: number; ms: number; callback: () => void }>();
  return {
    now: () => now,
    after(ms, callback) {
      const timer = { due: now + ms, ms, callback };
      waiting.add(timer);
      return () => waiting.delete(timer);
    },
    get delays() {
      return [...waiting].sort((a, b) => a.due - b.due).map(({ ms }) => ms);
    },
    advance(ms) {
      now += ms;
      for (const timer of [...waiting].sort((a, b) => a.due - b.due)) {
        if (timer.due > now || !waiting.delete(timer)) continue;
        timer.callback();
      }
    },
  };
}
