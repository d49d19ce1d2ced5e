import { parentPort, workerData } from 'node:worker_threads';
import { commitBatch } from './commit-batch.ts';
import { createLogKeeper } from './keep-log-short.ts';
import { createSqliteEntries, openSqliteWriter } from './sqlite-entries.ts';
import type { CommitItem, CommitOutcome } from './store.ts';

/** What the writer is told when it starts. */
export interface WriterOptions {
  /** Directory of the store; its file is there. */
  readonly path: string;
  /** Milliseconds that other processes may keep a batch waiting. */
  readonly patienceMs: number;
}

/** What the store sends to its writer thread: a batch, or the end. */
export type WriterRequest = readonly CommitItem[] | 'close';

/** What the writer answers: it is open, or what became of the batch. */
export type WriterReply = 'open' | readonly CommitOutcome[];

// The writer has a thread of its own: it holds the lock on the file only while it writes, however
// long the main thread is busy, and the main thread never waits for the disk.
const { path, patienceMs } = workerData as WriterOptions;
const database = openSqliteWriter(path);
const target = { database, entries: createSqliteEntries(database), patienceMs };
const keepLogShort = createLogKeeper({ database, path });

parentPort?.on('message', (request: WriterRequest) => {
  if (request === 'close') {
    parentPort?.close();
    database.close();
  } else {
    parentPort?.postMessage(commitBatch(target, request) satisfies WriterReply);
    // Afterwards: nobody waits for it but the next batch.
    keepLogShort();
  }
});
parentPort?.postMessage('open' satisfies WriterReply);
