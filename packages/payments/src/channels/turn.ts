import { BaseError } from '@snetkit/core';
import { pause } from './pause.ts';

/** Milliseconds after which it is asked whether those who are waited for still live. */
const patienceMs = 2_000;
/** Milliseconds that are waited in all. */
const longestMs = 120_000;

/** The wait of one call for calls of other processes on its channel. */
export class Turn {
  readonly #signal: AbortSignal | undefined;
  readonly #startedAt = performance.now();
  #askedAt = performance.now();
  #pauses = 0;

  constructor(signal: AbortSignal | undefined) {
    this.#signal = signal;
  }

  /**
   * Waits a little; `true` when it is time to find out what became of the others.
   *
   * @throws BaseError `CHANNEL_BUSY`, `ABORTED`
   */
  async wait(): Promise<boolean> {
    const now = performance.now();
    if (now - this.#startedAt > longestMs) {
      throw new BaseError('CHANNEL_BUSY', 'Other calls hold the channel, and none of them ends.', {
        expected: `a turn within ${longestMs} ms`,
      });
    }
    // Short ones: what is waited for is a call, and the ledger is a local file.
    this.#pauses = Math.min(this.#pauses + 1, 3);
    await pause(this.#pauses, this.#signal);
    if (performance.now() - this.#askedAt < patienceMs) return false;
    this.#askedAt = performance.now();
    return true;
  }
}
