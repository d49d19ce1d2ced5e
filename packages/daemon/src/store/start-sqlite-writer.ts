import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { BaseError } from '@snetkit/core';
import type { WriterOptions, WriterReply, WriterRequest } from './sqlite-writer.ts';
import type { CommitItem, CommitOutcome } from './store.ts';
import { storeTrouble } from './store-trouble.ts';

/** The thread that writes to the file. */
export interface SqliteWriter {
  /** Applies a batch; one at a time. Rejects when the writer died, and nobody knows what it did. */
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
  // The file beside this one has the extension of this one: `.ts` from source, `.js` when built.
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const url = new URL(`./sqlite-writer.${extension}`, import.meta.url);
  const worker = new Worker(url, { workerData: options, name: 'store writer' });
  let waiting: PromiseWithResolvers<WriterReply> | undefined;
  let dead: BaseError | undefined;

  function fail(cause: unknown): void {
    dead ??= new BaseError('STORE_UNAVAILABLE', 'The writer of the store stopped.', {
      place: options.path,
      cause,
    });
    waiting?.reject(dead);
    waiting = undefined;
  }
  worker.on('error', fail);
  worker.on('exit', () => fail(undefined));
  worker.on('message', (reply: WriterReply) => {
    // Idle, it must not keep the process alive.
    worker.unref();
    waiting?.resolve(reply);
    waiting = undefined;
  });

  function ask(request?: WriterRequest): Promise<WriterReply> {
    if (dead !== undefined) return Promise.reject(dead);
    waiting = Promise.withResolvers<WriterReply>();
    worker.ref();
    if (request !== undefined) worker.postMessage(request);
    return waiting.promise;
  }

  await ask();
  return {
    async send(items) {
      const outcomes = await ask(items.map(compact));
      return outcomes === 'open' ? [] : outcomes.map((one) => explain(one, options.path));
    },
    async close(timeoutMs) {
      if (dead !== undefined) return 'closed';
      const exit = once(worker, 'exit', { signal: AbortSignal.timeout(timeoutMs) });
      worker.ref();
      worker.postMessage('close' satisfies WriterRequest);
      const end = await exit.then(
        () => 'closed' as const,
        () => 'stuck' as const,
      );
      worker.unref();
      return end;
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
