import type { TransactionJournal } from '@snetkit/contracts';
import { BaseError } from '@snetkit/core';

/** A journal that can be closed while transactions wait. */
export interface ClosableJournal {
  readonly journal: TransactionJournal;
  /** Lets what is being signed and sent be written down, and ends what only waits. */
  close(): Promise<void>;
}

/** Whose journal it is, and whether it outlives this program. */
export interface ClosableJournalOptions {
  /** Closed along with it; one that the user brought stays open. */
  readonly isOwn: boolean;
  readonly isDurable: boolean;
}

/**
 * Lets an engine be closed while transactions are under way: what has been signed is in the journal by
 * then, and whoever waits for it is told how it is taken up.
 */
export function createClosableJournal(
  inner: TransactionJournal,
  { isOwn, isDurable }: ClosableJournalOptions,
): ClosableJournal {
  const running = new Set<Promise<unknown>>();
  /** Hash and purpose of what is waited for, by its record. */
  const known = new Map<string, string>();
  /** Those that sign and send right now. */
  let locks = 0;
  let isClosed = false;

  const run = async <T>(work: () => Promise<T>, id?: string): Promise<T> => {
    // What is being signed and sent goes on to its end: half of it would be worse.
    if (isClosed && locks === 0) throw closedError({ isDurable, found: id && known.get(id) });
    const promise = work();
    running.add(promise);
    try {
      return await promise;
    } finally {
      running.delete(promise);
    }
  };

  return {
    journal: {
      holder: inner.holder,
      isHolderAlive: (holder) => inner.isHolderAlive(holder),
      lock: (account, options, work) =>
        run(() =>
          inner.lock(account, options, async () => {
            // Whoever waited for the lock meanwhile has signed nothing yet.
            if (isClosed) throw closedError({ isDurable });
            locks += 1;
            try {
              return await work();
            } finally {
              locks -= 1;
            }
          }),
        ),
      update: (account, id, change) =>
        run(
          () =>
            inner.update(account, id, (record) => {
              const changed = change(record);
              const { purpose, versions } = changed.record ?? {};
              const hash = versions?.at(-1)?.hash;
              if (changed.record === null) known.delete(id);
              else if (hash !== undefined) known.set(id, `${purpose} in transaction ${hash}`);
              return changed;
            }),
          id,
        ),
      get: (account, id) => run(() => inner.get(account, id), id),
      list: (account) => run(() => inner.list(account)),
      close: async () => {},
    },
    async close() {
      isClosed = true;
      while (running.size > 0) await Promise.allSettled(running);
      if (isOwn) await inner.close();
    },
  };
}

/** Why nothing more is sent or waited for. */
export function closedError({
  isDurable,
  found,
}: {
  readonly isDurable: boolean;
  readonly found?: string | undefined;
}): BaseError {
  const message = 'The engine was closed while a transaction was under way.';
  return new BaseError('CLIENT_CLOSED', message, {
    found,
    hint: isDurable
      ? 'Call the same function again with a new engine: what was sent is taken up from the journal, and nothing is sent twice.'
      : 'Look at the account before you call the function again: what was sent may still be mined.',
  });
}
