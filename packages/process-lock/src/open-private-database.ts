import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** How long a change waits for those of other processes: milliseconds. */
const patienceMs = 5_000;

/**
 * Opens, or makes, an SQLite file that only this user may read and that several processes may share.
 * What is committed has been flushed to the disk. Throws what the file system or SQLite says.
 */
export function openPrivateDatabase(file: string): DatabaseSync {
  makePrivateDirectory(dirname(file));
  const database = new DatabaseSync(file, { timeout: patienceMs });
  chmodSync(file, 0o600);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  return database;
}

/** Makes a directory, and those above it, that only this user may enter. */
export function makePrivateDirectory(directory: string): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
}
