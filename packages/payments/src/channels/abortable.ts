import { BaseError } from '@snetkit/core';

/**
 * Waits for work that belongs to several callers; one that is cancelled stops waiting, the work goes on.
 *
 * @throws BaseError ABORTED
 */
export async function abortable<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  const cancelled = Promise.withResolvers<never>();
  const leave = () =>
    cancelled.reject(new BaseError('ABORTED', 'The call was cancelled', { cause: signal.reason }));
  if (signal.aborted) leave();
  signal.addEventListener('abort', leave, { once: true });
  try {
    return await Promise.race([work, cancelled.promise]);
  } finally {
    signal.removeEventListener('abort', leave);
  }
}
