import type { DatabaseSync } from 'node:sqlite';
import { raiseVersion } from './commit-batch.ts';
import { openSqliteFile } from './open-sqlite-file.ts';
import { createSqliteEntries, openSqliteWriter } from './sqlite-entries.ts';
import { storeTrouble } from './store-trouble.ts';

/** Milliseconds that others may keep this waiting. */
const patienceMs = 5_000;

/**
 * Lets the versions of a store in SQLite go on above one of another store: whatever remembers a
 * version of that one finds none of this one equal.
 *
 * @throws BaseError `STORE_UNAVAILABLE`
 */
export function raiseSqliteVersion(path: string, atLeast: bigint): void {
  openSqliteFile(path).close();
  let database: DatabaseSync | undefined;
  try {
    database = openSqliteWriter(path);
    raiseVersion({ database, entries: createSqliteEntries(database), patienceMs }, atLeast);
  } catch (cause) {
    throw storeTrouble('The store did not take a write.', { place: path, cause });
  } finally {
    database?.close();
  }
}
