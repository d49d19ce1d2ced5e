import type { PaymentAttempt } from '../strategies/payment-strategy.ts';
import { classifyFailure } from './classify.ts';

/** Whose stream it is. */
export interface WatchStreamOptions {
  readonly attempt: PaymentAttempt;
  /** Told when the call is served; what its reader had is paid for. */
  onServed(): Promise<void>;
  /** The call's own. */
  readonly signal: AbortSignal;
}

/**
 * Passes a stream of answers through, and tells its payment once how it went: also when its reader
 * stops early, or never starts to read and cancels the call.
 */
export function watchStream<T>(
  first: IteratorResult<T>,
  messages: AsyncIterator<T>,
  { attempt, onServed, signal }: WatchStreamOptions,
): AsyncIterable<T> {
  let isFirst = true;
  let isOver = false;

  async function finish(): Promise<void> {
    if (isOver) return;
    isOver = true;
    signal.removeEventListener('abort', onAbort);
    await onServed();
  }
  const onAbort = () => void finish();
  signal.addEventListener('abort', onAbort, { once: true });

  async function next(): Promise<IteratorResult<T>> {
    try {
      const result = isFirst ? first : await messages.next();
      isFirst = false;
      if (result.done) await finish();
      return result;
    } catch (error) {
      if (!isOver) {
        isOver = true;
        signal.removeEventListener('abort', onAbort);
        const failure = classifyFailure(error);
        await attempt.end({ kind: 'failed', failure, afterFirstMessage: true });
      }
      throw error;
    }
  }

  return {
    [Symbol.asyncIterator]: () => ({
      next,
      async return(value?: unknown) {
        await messages.return?.();
        await finish();
        return { done: true, value } as IteratorReturnResult<unknown>;
      },
    }),
  };
}
