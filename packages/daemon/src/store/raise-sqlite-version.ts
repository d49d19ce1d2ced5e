import { raiseVersion } from './commit-batch.ts';
import { openSqliteFile } from './open-sqlite-file.ts';
import { createSqliteEntries, openSqliteWriter } from './sqlite-entries.ts';

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
  const database = openSqliteWriter(path);
  try {
    raiseVersion({ database, entries: createSqliteEntries(database), patienceMs }, atLeast);
  } finally {
    database.close();
  }
}
