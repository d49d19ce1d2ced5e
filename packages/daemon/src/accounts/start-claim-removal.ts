import type { Timers } from './account-ports.ts';

/** Pause between two looks at the claims: a minute, because nobody waits for them. */
const intervalMs = 60_000;

/**
 * Removes landed claims now and every minute, so that what was taken too much counts as credit although
 * nobody asks for the claims. Many replicas may do so at once.
 *
 * @returns how to end it
 */
export function startClaimRemoval({
  removeLanded,
  timers,
}: {
  /** Never rejects. */
  removeLanded(): Promise<void>;
  readonly timers: Pick<Timers, 'after'>;
}): () => void {
  let isOver = false;
  let stopWaiting = () => {};

  async function run(): Promise<void> {
    await removeLanded();
    if (!isOver) stopWaiting = timers.after(intervalMs, () => void run());
  }

  void run();
  return () => {
    isOver = true;
    stopWaiting();
  };
}
