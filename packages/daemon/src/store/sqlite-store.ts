import { join } from 'node:path';
import { BaseError } from '@snetkit/core';
import {
  holdProcessLock,
  isProcessLockHeld,
  type ProcessLock,
  removeDeadLocks,
} from '@snetkit/process-lock';
import { createCommitQueue } from './commit-queue.ts';
import { commitWithDeadOwners } from './commit-with-dead-owners.ts';
import { listSqlite } from './list-sqlite.ts';
import { openSqliteFile } from './open-sqlite-file.ts';
import { createSqliteEntries, type SqliteEntries } from './sqlite-entries.ts';
import { startSqliteWriter } from './start-sqlite-writer.ts';
import type { Store } from './store.ts';
import { scopedItem, scopedKey } from './store-key.ts';
import { storeTrouble } from './store-trouble.ts';
import { decodeVersioned } from './versioned-value.ts';

/** Options of {@link openSqliteStore}. */
export interface SqliteStoreOptions {
  /** Directory of the store, shared by all processes on this machine that serve the group. */
  readonly path: string;
  /** Prefix of all keys; see `storeScope`. */
  readonly scope: string;
  /** Milliseconds after which a commit without an answer is `unknown`; 5,000 unless given. */
  readonly commitTimeoutMs?: number;
}

/**
 * The embedded store: one SQLite file that several processes of one machine share (containers that
 * share it must share their PID namespace too). Its write-ahead log makes a commit durable with one
 * flush.
 *
 * @throws BaseError `STORE_UNAVAILABLE` when the directory cannot be made, or the file cannot be opened
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<Store> {
  const { path, scope, commitTimeoutMs: timeoutMs = 5_000 } = options;
  const owners = join(path, 'owners');
  const database = openSqliteFile(path);
  const entries = guardReads(createSqliteEntries(database), path);
  const writer = await startSqliteWriter({ path, patienceMs: timeoutMs }).catch((cause) => {
    database.close();
    throw cause;
  });
  await removeDeadLocks(owners);
  const queue = createCommitQueue({ send: writer.send, timeoutMs, place: path });
  const locks = new Set<ProcessLock>();
  let closing: Promise<void> | undefined;

  function openEntries(): Reads {
    assertOpen();
    return entries;
  }

  function assertOpen(): void {
    if (closing !== undefined) {
      throw new BaseError('STORE_CLOSED', 'The store is closed.', { place: path });
    }
  }

  async function close(): Promise<void> {
    await queue.close();
    for (const lock of locks) lock.release();
    await writer.close(timeoutMs);
    database.close();
  }

  return {
    name: 'sqlite',
    async get(key) {
      const bytes = openEntries().get(Buffer.from(scopedKey(scope, key)));
      return bytes === undefined ? undefined : decodeVersioned(bytes);
    },
    list(prefix) {
      return listSqlite(openEntries, scopedKey(scope, prefix), Buffer.byteLength(scope) + 1);
    },
    async commit(items) {
      return commitWithDeadOwners(
        items.map((item) => scopedItem(scope, item)),
        {
          isOwnerAlive: (id) => isProcessLockHeld(owners, id),
          commit: queue.commit,
        },
      );
    },
    async openOwner() {
      assertOpen();
      const lock = holdProcessLock(owners);
      locks.add(lock);
      return {
        id: lock.id,
        // No lease runs: the kernel keeps the lock of a process that lives, stopped or not.
        deadline: Number.POSITIVE_INFINITY,
        lost: new AbortController().signal,
        async release() {
          locks.delete(lock);
          lock.release();
        },
      };
    },
    async isOwnerAlive(id) {
      assertOpen();
      return isProcessLockHeld(owners, id);
    },
    close() {
      closing ??= close();
      return closing;
    },
  };
}

type Reads = Pick<SqliteEntries, 'get' | 'list'>;

/** What the disk and SQLite say becomes an error that names the place. */
function guardReads(entries: SqliteEntries, place: string): Reads {
  const guard = <T>(read: () => T): T => {
    try {
      return read();
    } catch (cause) {
      throw storeTrouble('The store cannot be read.', { place, cause });
    }
  };
  return {
    get: (key) => guard(() => entries.get(key)),
    list: (range) => guard(() => entries.list(range)),
  };
}
