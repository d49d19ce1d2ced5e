import { BaseError } from '@snetkit/core';
import type { JournalLockOptions } from './transaction-journal.ts';

/** Does work when all earlier work of that name has ended, whatever became of it. */
export type Queues = <T>(
  name: string,
  options: JournalLockOptions,
  work: () => Promise<T>,
) => Promise<T>;

/**
 * Queues of this process, one for each name; names that nobody uses are forgotten. Who waits too long
 * gets `TIMED_OUT`, who gives up `ABORTED`, and those behind are not held up.
 */
export function createQueues(): Queues {
  const last = new Map<string, Promise<void>>();
  return async (name, options, work) => {
    const before = last.get(name);
    const { promise, resolve } = Promise.withResolvers<void>();
    const ended = before ? before.then(() => promise) : promise;
    last.set(name, ended);
    try {
      if (before) await wait(before, options);
      return await work();
    } finally {
      resolve();
      if (last.get(name) === ended)
        void ended.then(() => last.get(name) === ended && last.delete(name));
    }
  };
}

async function wait(turn: Promise<void>, { timeoutMs, signal }: JournalLockOptions): Promise<void> {
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = () =>
    reject(new BaseError('ABORTED', 'The wait for other transactions was cancelled.'));
  const late = () => {
    const message = `Other transactions of the account were not sent within ${timeoutMs} ms.`;
    reject(new BaseError('TIMED_OUT', message));
  };
  if (signal?.aborted) abort();
  const timer = setTimeout(late, timeoutMs);
  signal?.addEventListener('abort', abort);
  try {
    await Promise.race([promise, turn]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}
