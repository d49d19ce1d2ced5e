import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { BaseError } from '@snetkit/core';
import type { WriterOptions, WriterReply, WriterRequest } from './sqlite-writer.ts';

/** A thread with the file open, as long as it lives. */
export interface WriterThread {
  /** Whether it can be asked. */
  readonly isAlive: boolean;
  /** Resolves when it is gone, and its connection with it. */
  readonly gone: Promise<void>;
  /** One request at a time. Rejects when the thread died, and nobody knows what it did. */
  ask(request: WriterRequest): Promise<WriterReply>;
  /** `stuck` when the thread still waits for the disk, or for another process's lock. */
  close(timeoutMs: number): Promise<'closed' | 'stuck'>;
}

/**
 * Starts a writer thread and waits until it has the file open.
 *
 * @throws BaseError `STORE_UNAVAILABLE`
 */
export async function startWriterThread(options: WriterOptions): Promise<WriterThread> {
  // The file beside this one has the extension of this one: `.ts` from source, `.js` when built.
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const url = new URL(`./sqlite-writer.${extension}`, import.meta.url);
  const worker = new Worker(url, { workerData: options, name: 'store writer' });
  const gone = Promise.withResolvers<void>();
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
  worker.on('exit', () => {
    fail(undefined);
    gone.resolve();
  });
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
    get isAlive() {
      return dead === undefined;
    },
    gone: gone.promise,
    ask,
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
