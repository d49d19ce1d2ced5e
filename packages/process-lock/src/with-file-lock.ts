import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { BaseError } from '@snetkit/core';
import { makePrivateDirectory } from './open-private-database.ts';

/** How long a lock is waited for. */
export interface FileLockOptions {
  /** Milliseconds. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

// SQLite result code (the low byte of an extended one).
const busy = 5;

/** Milliseconds between two attempts: few at first, then more. */
const [firstPause, longestPause] = [2, 50];

// An unreachable connection is closed by the garbage collector, and its lock with it.
const held = new Set<DatabaseSync>();

/**
 * Does work while no other process, and nobody else in this one, holds the lock of this file. The
 * kernel drops the lock of a process that ends, in whatever way. The file stays; it is empty.
 *
 * @throws BaseError `TIMED_OUT`, `ABORTED`, `LOCK_UNAVAILABLE`; whatever the work throws
 */
export async function withFileLock<T>(
  file: string,
  options: FileLockOptions,
  work: () => Promise<T>,
): Promise<T> {
  const lock = await takeLock(file, options);
  held.add(lock);
  try {
    return await work();
  } finally {
    held.delete(lock);
    lock.close();
  }
}

async function takeLock(file: string, options: FileLockOptions): Promise<DatabaseSync> {
  const { timeoutMs, signal } = options;
  const deadline = Date.now() + timeoutMs;
  for (let pause = firstPause; ; pause = Math.min(pause * 2, longestPause)) {
    if (signal?.aborted) {
      throw new BaseError('ABORTED', 'The wait for a lock was cancelled.', { place: file });
    }
    const lock = tryLock(file);
    if (lock !== undefined) return lock;
    if (Date.now() >= deadline) {
      const message = `Another process has held a lock for ${timeoutMs} ms.`;
      throw new BaseError('TIMED_OUT', message, { place: file });
    }
    // An abort ends the pause, and is seen above.
    await delay(pause, undefined, { signal }).catch(() => {});
  }
}

function tryLock(file: string): DatabaseSync | undefined {
  let database: DatabaseSync | undefined;
  try {
    makePrivateDirectory(dirname(file));
    database = new DatabaseSync(file, { timeout: 0 });
    database.exec('BEGIN EXCLUSIVE');
    return database;
  } catch (cause) {
    database?.close();
    const code = Number((cause as { errcode?: unknown }).errcode) & 0xff;
    if (code === busy) return undefined;
    throw new BaseError('LOCK_UNAVAILABLE', 'A lock cannot be taken', { place: file, cause });
  }
}
