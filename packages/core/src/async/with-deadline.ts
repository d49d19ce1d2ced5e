import { BaseError } from '../errors/base-error.ts';

/** Options of {@link withDeadline}. */
export interface DeadlineOptions {
  /** What is being waited for, as the subject of a sentence. */
  readonly what: string;
  /** Milliseconds until the work is given up. */
  readonly timeoutMs: number;
  /** Gives the work up earlier. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs work that must end in time. The work gets a signal that fires at the deadline and when the
 * caller aborts; it is not waited for after that, whether it listens or not.
 *
 * @throws BaseError `TIMED_OUT` or `ABORTED`, else what the work throws
 */
export async function withDeadline<T>(
  options: DeadlineOptions,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { what, timeoutMs, signal } = options;
  const controller = new AbortController();
  const { promise: given, reject: giveUp } = Promise.withResolvers<never>();
  const stop = (error: BaseError) => {
    giveUp(error);
    controller.abort(error);
  };
  const onAbort = () =>
    stop(new BaseError('ABORTED', `${what} was cancelled.`, { cause: signal?.reason }));
  const timer = setTimeout(
    () => stop(new BaseError('TIMED_OUT', `${what} took longer than ${timeoutMs} ms.`)),
    timeoutMs,
  );
  signal?.addEventListener('abort', onAbort);
  if (signal?.aborted) onAbort();
  try {
    return await Promise.race([given, controller.signal.aborted ? given : work(controller.signal)]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
    // Whatever the work left behind (a second download, say) ends now.
    controller.abort();
  }
}
