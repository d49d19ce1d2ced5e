import { parentPort, workerData } from 'node:worker_threads';
import { type LmdbEnvironmentOptions, openLmdbEnvironment } from './lmdb-environment.ts';
import { commitBatch } from './lmdb-transaction.ts';
import type { CommitItem, CommitOutcome } from './store.ts';

/** What the store sends to its writer thread: a batch, or the end. */
export type WriterRequest = readonly CommitItem[] | 'close';

/** What the writer answers: it is open, or what became of the batch. */
export type WriterReply = 'open' | readonly CommitOutcome[];

// The writer has a thread of its own: it holds the lock on the environment only while it writes,
// however long the main thread is busy, and the main thread never waits for the disk.
const environment = openLmdbEnvironment(workerData as LmdbEnvironmentOptions);

parentPort?.on('message', (request: WriterRequest) => {
  if (request === 'close') {
    parentPort?.close();
    void environment.close();
  } else {
    parentPort?.postMessage(commitBatch(environment, request) satisfies WriterReply);
  }
});
parentPort?.postMessage('open' satisfies WriterReply);
