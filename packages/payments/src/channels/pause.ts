import { BaseError } from '@snetkit/core';

const firstPauseMs = 50;
const longestPauseMs = 2_000;

/**
 * Waits before something is sent again: longer after each attempt, two seconds at most.
 *
 * @throws BaseError `ABORTED`
 */
export async function pause(attempts: number, signal: AbortSignal | undefined): Promise<void> {
  const ms = Math.min(longestPauseMs, firstPauseMs * 2 ** (attempts - 1));
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    const stop = () => {
      clearTimeout(timer);
      reject(new BaseError('ABORTED', 'The call was cancelled', { cause: signal?.reason }));
    };
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}
