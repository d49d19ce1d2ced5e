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
import { listLmdb } from './list-lmdb.ts';
import { openLmdbConnection } from './lmdb-connection.ts';
import type { LmdbEnvironment } from './lmdb-environment.ts';
import type { Store } from './store.ts';
import { scopedItem, scopedKey } from './store-key.ts';
import { decodeVersioned } from './versioned-value.ts';

/** Options of {@link openLmdbStore}. */
export interface LmdbStoreOptions {
  /** Directory of the environment, shared by all processes on this machine that serve the group. */
  readonly path: string;
  /** Prefix of all keys; see `storeScope`. */
  readonly scope: string;
  /** Address space taken at once; 16 GiB unless given. The file grows as it is used, also beyond. */
  readonly mapSizeBytes?: number;
  /** Milliseconds after which a commit without an answer is `unknown`; 5,000 unless given. */
  readonly commitTimeoutMs?: number;
}

/**
 * The embedded store: one LMDB environment that several processes of one machine share (containers
 * that share it must share their PID namespace too).
 *
 * @throws BaseError `STORE_UNAVAILABLE` when the directory cannot be made or opened
 */
export async function openLmdbStore(options: LmdbStoreOptions): Promise<Store> {
  const { path, scope, mapSizeBytes = 16 * 2 ** 30, commitTimeoutMs = 5_000 } = options;
  const owners = join(path, 'owners');
  const timeoutMs = commitTimeoutMs;
  const connection = await openLmdbConnection({ path, mapSizeBytes, timeoutMs });
  await removeDeadLocks(owners);
  const queue = createCommitQueue({ send: connection.send, timeoutMs, place: path });
  const locks = new Set<ProcessLock>();
  let closing: Promise<void> | undefined;

  /** With everything visible that was applied until now, by whatever process. */
  function freshEnvironment(): LmdbEnvironment {
    assertOpen();
    return connection.read();
  }

  function assertOpen(): void {
    if (closing !== undefined) {
      throw new BaseError('STORE_CLOSED', 'The store is closed.', { place: path });
    }
  }

  async function close(): Promise<void> {
    await queue.close();
    for (const lock of locks) lock.release();
    await connection.close();
  }

  return {
    name: 'lmdb',
    async get(key) {
      const whole = Buffer.from(scopedKey(scope, key));
      const bytes = freshEnvironment().getBinary(whole);
      return bytes === undefined ? undefined : decodeVersioned(bytes);
    },
    list(prefix) {
      return listLmdb(freshEnvironment, scopedKey(scope, prefix), Buffer.byteLength(scope) + 1);
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
