import { Code, ConnectError } from '@connectrpc/connect';
import { BaseError } from '@snetkit/core';

/** Timers of other processes may be so much ahead. */
const clockSlackMs = 50;

/**
 * Asks a daemon something on the way to a call. A question that takes too long says so itself: the limit
 * that ended it is its own, not the one of the call.
 *
 * @param path `/package.Service/Method` of the question
 * @throws BaseError `TIMED_OUT`; ConnectError as the daemon answers
 */
export async function withinLimit<Reply>(
  { path, timeoutMs }: { readonly path: string; readonly timeoutMs: number },
  ask: () => Promise<Reply>,
): Promise<Reply> {
  const startedAt = performance.now();
  try {
    return await ask();
  } catch (error) {
    // Whether it is our timer, or the daemon's, which knows the limit and may be the first to tell.
    const isLate = error instanceof ConnectError && error.code === Code.DeadlineExceeded;
    if (!isLate || performance.now() - startedAt < timeoutMs - clockSlackMs) throw error;
    throw new BaseError('TIMED_OUT', 'The daemon took too long to answer a question.', {
      place: path,
      expected: `an answer within ${timeoutMs} ms`,
      cause: error,
    });
  }
}
