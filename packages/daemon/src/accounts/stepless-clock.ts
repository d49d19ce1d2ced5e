import type { Timers } from './account-ports.ts';

/** Unix seconds by two clocks at once: the wall clock, and what a steady clock has gone since the start. */
export interface SteplessClock {
  /** The earlier of both. */
  earliest(): number;
  /** The later of both. */
  latest(): number;
}

/**
 * An administrator or a bad time server may step the wall clock by a day, in either direction. What is
 * dated by the later clock and judged by the earlier one is never taken for older than it is.
 */
export function createSteplessClock({
  now,
  wallSeconds,
}: Pick<Timers, 'now' | 'wallSeconds'>): SteplessClock {
  const [startSeconds, startMs] = [wallSeconds(), now()];
  const steady = () => startSeconds + Math.floor((now() - startMs) / 1000);
  return {
    earliest: () => Math.min(wallSeconds(), steady()),
    latest: () => Math.max(wallSeconds(), steady()),
  };
}
