import type { DatabaseSync } from 'node:sqlite';
import { applyItem, type ItemTable } from './apply-item.ts';
import type { SqliteEntries } from './sqlite-entries.ts';
import type { CommitItem, CommitOutcome } from './store.ts';
import { encodeVersioned, readVersion } from './versioned-value.ts';

// No scope begins with a NUL, so no key can be this one.
const counterKey = Buffer.from('\0version');

// SQLite result code (the low byte of an extended one).
const busy = 5;

/** Where a batch is applied. */
export interface BatchTarget {
  readonly database: DatabaseSync;
  readonly entries: SqliteEntries;
  /** Milliseconds that other processes may keep the batch waiting. */
  readonly patienceMs: number;
}

/**
 * Applies a batch in one write transaction. When that certainly aborted, every item gets a
 * transaction of its own, so that one that does not fit takes no other with it. Runs in the writer
 * thread, because it waits for the disk and for other processes.
 */
export function commitBatch(target: BatchTarget, items: readonly CommitItem[]): CommitOutcome[] {
  try {
    return transact(target, (table) => items.map((item) => applyItem(table, item)));
  } catch (error) {
    if (error instanceof Aborted) {
      if (items.length > 1) return items.flatMap((item) => commitBatch(target, [item]));
      return [{ outcome: 'unknown', cause: error.cause }];
    }
    return items.map(() => ({ outcome: 'unknown', cause: error }));
  }
}

/** Lets the next version be above this one, and above all that there were. */
export function raiseVersion(target: BatchTarget, atLeast: bigint): void {
  try {
    transact(target, (table) => {
      if (table.version < atLeast) table.version = atLeast;
    });
  } catch (error) {
    throw error instanceof Aborted ? error.cause : error;
  }
}

/** The transaction began, and failed before it was asked to commit: nothing of it is left. */
class Aborted extends Error {}

/** The table within a transaction. */
interface Transaction extends ItemTable {
  /** The highest version that there was. */
  version: bigint;
}

function transact<T>(target: BatchTarget, work: (table: Transaction) => T): T {
  const { database } = target;
  try {
    begin(target);
  } catch (cause) {
    // Nothing has begun, and one item alone would wait as long; what is left of an earlier one must not stay.
    rollBack(database);
    throw cause;
  }
  let result: T;
  try {
    result = apply(target, work);
  } catch (cause) {
    rollBack(database);
    throw new Aborted('The transaction was aborted.', { cause });
  }
  try {
    database.exec('COMMIT');
  } catch (cause) {
    // What it has written to the log may count after a crash, as long as nothing was written over it.
    rollBack(database);
    throw cause;
  }
  return result;
}

function apply<T>({ entries }: BatchTarget, work: (table: Transaction) => T): T {
  const counter = entries.get(counterKey);
  const first = counter === undefined ? 0n : readVersion(counter);
  const table: Transaction = {
    version: first,
    getVersion(key) {
      const bytes = entries.get(Buffer.from(key));
      return bytes === undefined ? 0n : readVersion(bytes);
    },
    put: (key, value, version) => entries.put(Buffer.from(key), encodeVersioned(value, version)),
    remove: (key) => entries.remove(Buffer.from(key)),
    nextVersion: () => ++table.version,
  };
  const result = work(table);
  if (table.version !== first) {
    entries.put(counterKey, encodeVersioned(new Uint8Array(0), table.version));
  }
  return result;
}

/**
 * Takes the lock that all writers of the file share. SQLite's own wait sleeps for up to 100 ms at a
 * time, in which others who write without a break would always be quicker.
 */
function begin({ database, patienceMs }: BatchTarget): void {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    try {
      database.exec('BEGIN IMMEDIATE');
      return;
    } catch (error) {
      const code = Number((error as { errcode?: unknown }).errcode) & 0xff;
      if (code !== busy || performance.now() > deadline) throw error;
    }
    Atomics.wait(pause, 0, 0, 0.1 + Math.random() / 5);
  }
}

const pause = new Int32Array(new SharedArrayBuffer(4));

function rollBack(database: DatabaseSync): void {
  try {
    if (database.isTransaction) database.exec('ROLLBACK');
  } catch {
    // SQLite has done it already, or cannot reach the file at all.
  }
}
