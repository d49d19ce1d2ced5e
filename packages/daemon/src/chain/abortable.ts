import { BaseError } from '@snetkit/core';

/**
 * The promise, or a rejection as soon as its reader has left; what runs goes on for others.
 *
 * @throws BaseError `ABORTED`
 */
export function abortable<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const leave = () => reject(new BaseError('ABORTED', 'Nobody waits for the answer any more.'));
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}
