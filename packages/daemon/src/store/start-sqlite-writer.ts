import { BaseError } from '@snetkit/core';
import type { WriterOptions } from './sqlite-writer.ts';
import { startWriterThread, type WriterThread } from './start-writer-thread.ts';
import type { CommitItem, CommitOutcome } from './store.ts';
import { storeTrouble } from './store-trouble.ts';

/** Whoever writes to the file. */
export interface SqliteWriter {
  /**
   * Applies a batch; one at a time. Rejects when the thread died over it, and nobody knows what it did;
   * the next batch gets another thread.
   */
  send(items: readonly CommitItem[]): Promise<readonly CommitOutcome[]>;
  /** `stuck` when the thread still waits for the disk, or for another process's lock. */
  close(timeoutMs: number): Promise<'closed' | 'stuck'>;
}

/**
 * Starts the writer thread and waits until it has the file open.
 *
 * @throws BaseError `STORE_UNAVAILABLE`
 */
export async function startSqliteWriter(options: WriterOptions): Promise<SqliteWriter> {
  const { path } = options;
  let thread = await startWriterThread(options);
  let isClosed = false;

  /** A thread that died may have held the lock until it was gone. */
  async function findThread(): Promise<WriterThread> {
    if (thread.isAlive || isClosed) return thread;
    await thread.gone;
    const next = await startWriterThread(options);
    // Nobody would close it any more.
    if (isClosed) {
      void next.close(0);
      throw new BaseError('STORE_CLOSED', 'The store is closed.', { place: path });
    }
    thread = next;
    return next;
  }

  return {
    async send(items) {
      const { ask } = await findThread();
      const outcomes = await ask(items.map(compact));
      return outcomes === 'open' ? [] : outcomes.map((one) => explain(one, path));
    },
    close(timeoutMs) {
      isClosed = true;
      return thread.close(timeoutMs);
    },
  };
}

// A message carries the whole buffer behind a view, and small Buffers share a large one.
function compact({ checks, writes }: CommitItem): CommitItem {
  return {
    checks,
    writes: writes.map(({ key, value }) => ({
      key,
      value:
        value === undefined || value.byteLength === value.buffer.byteLength
          ? value
          : new Uint8Array(value),
    })),
  };
}

function explain(outcome: CommitOutcome, place: string): CommitOutcome {
  if (outcome.outcome !== 'unknown') return outcome;
  const { cause } = outcome;
  return {
    outcome: 'unknown',
    cause: storeTrouble('The store did not take a write.', { place, cause }),
  };
}
