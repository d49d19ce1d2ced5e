import { BaseError, errorCodes, type Hex } from '@snetkit/core';
import { delay } from './delay.ts';

/** How long is asked, and about what. */
export interface PollOptions {
  /** Of the transaction, for messages; it may change. */
  readonly hash: () => Hex | undefined;
  /** Milliseconds. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** Milliseconds between two questions: few at first (local chains), then more. */
const [firstPause, longestPause] = [25, 2_000];

/**
 * Asks until there is an answer. An endpoint that fails for a while is asked again until the time is
 * up. `ask` gets the milliseconds since the last question.
 *
 * @throws BaseError `TRANSACTION_TIMED_OUT`, `ABORTED`; what is no trouble of the network
 */
export async function poll<T>(
  ask: (pause: number) => Promise<T | undefined>,
  { hash, timeoutMs, signal }: PollOptions,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  let cause: unknown;
  for (let pause = firstPause; ; pause = Math.min(pause * 1.5, longestPause)) {
    try {
      const answer = await ask(pause);
      if (answer !== undefined) return answer;
    } catch (error) {
      if (signal?.aborted) throw aborted(hash());
      const isPassing = error instanceof BaseError && errorCodes[error.code].class === 'network';
      if (!isPassing) throw error;
      cause = error;
    }
    const left = deadline - Date.now();
    if (left <= 0) {
      const message = `The transaction was not mined within ${timeoutMs} ms.`;
      throw new BaseError('TRANSACTION_TIMED_OUT', message, {
        found: `transaction ${hash() ?? 'without a hash yet'}`,
        hint: 'look the transaction up before you send it again; it may still be mined',
        cause,
      });
    }
    await delay(Math.min(pause, left), signal);
    if (signal?.aborted) throw aborted(hash());
  }
}

function aborted(hash: Hex | undefined): BaseError {
  return new BaseError('ABORTED', 'The wait for a transaction was cancelled.', {
    found: `transaction ${hash ?? 'without a hash yet'}, which may still be mined`,
  });
}
