import { randomBytes } from 'node:crypto';
import { mkdirSync, renameSync, statSync, unlinkSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { BaseError } from '@snetkit/core';

/** A lock that vanishes with its process. */
export interface ProcessLock {
  /** 16 random bytes as lower-case hex. */
  readonly id: string;
  release(): void;
}

// SQLite result codes (the low byte of an extended one).
const busy = 5;
const cannotOpen = 14;

// A lock lives as long as its connection, and an unreachable connection is closed by the garbage
// collector: every one that is held must stay reachable.
const held = new Set<DatabaseSync>();

/**
 * Takes a new id and holds its lock: an exclusive SQLite transaction on an empty file, which the
 * kernel ends with the process and keeps while the process is stopped. The file gets its final name
 * only when it is locked, so that whoever finds it unlocked knows that its process is dead. No other
 * code of this process may open such a file: closing it would drop the lock.
 *
 * @throws BaseError `LOCK_UNAVAILABLE` when the directory cannot be written
 */
export function holdProcessLock(directory: string): ProcessLock {
  try {
    mkdirSync(directory, { recursive: true });
    for (let attempt = 1; ; attempt += 1) {
      const id = randomBytes(16).toString('hex');
      const temporary = join(directory, `${id}.new`);
      const path = lockPath(directory, id);
      const database = new DatabaseSync(temporary, { timeout: 1_000 });
      try {
        // With the journal in memory there is no second file.
        database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
        renameSync(temporary, path);
      } catch (error) {
        database.close();
        // Somebody who cleaned up meanwhile took the file for a stale one.
        if (attempt < 10) continue;
        throw error;
      }
      held.add(database);
      return {
        id,
        release() {
          if (!held.delete(database)) return;
          database.close();
          remove(path);
        },
      };
    }
  } catch (cause) {
    throw new BaseError('LOCK_UNAVAILABLE', 'The lock of this process cannot be taken', {
      place: directory,
      cause,
    });
  }
}

/**
 * Whether the process that took the id still holds its lock. The file of a dead one is removed.
 *
 * @throws BaseError `LOCK_UNAVAILABLE` when that cannot be found out
 */
export function isProcessLockHeld(directory: string, id: string): boolean {
  if (!/^[0-9a-f]{32}$/.test(id)) return false;
  return isHeld(lockPath(directory, id));
}

/** Removes the files that dead processes left; a few at a time, so that others get their turn. */
export async function removeDeadLocks(directory: string): Promise<void> {
  const names = await readdir(directory).catch(() => []);
  for (const [i, name] of names.entries()) {
    if (/^[0-9a-f]{32}\.(lock|new)$/.test(name)) isHeld(join(directory, name));
    if (i % 32 === 31) await setImmediate();
  }
}

function lockPath(directory: string, id: string): string {
  return join(directory, `${id}.lock`);
}

function isHeld(path: string): boolean {
  const url = pathToFileURL(path);
  url.searchParams.set('mode', 'rw');
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(url, { timeout: 0 });
    // Reading asks for a shared lock, which two who ask at once may both have.
    database.exec('SELECT 1 FROM sqlite_schema');
  } catch (cause) {
    const code = Number((cause as { errcode?: unknown }).errcode) & 0xff;
    if (code === busy) return true;
    if (code === cannotOpen && statSync(path, { throwIfNoEntry: false }) === undefined)
      return false;
    throw new BaseError('LOCK_UNAVAILABLE', 'A lock cannot be tested', {
      place: path,
      cause,
    });
  } finally {
    database?.close();
  }
  remove(path);
  return false;
}

function remove(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // Somebody else was quicker, or may not: a file without a lock means the same as none.
  }
}
