import type { DatabaseSync } from 'node:sqlite';
import { BaseError } from '@snetkit/core';
import { openPrivateDatabase } from '@snetkit/process-lock';
import { makeDirectory } from './make-directory.ts';
import { sqliteFile } from './sqlite-entries.ts';
import { storeTrouble } from './store-trouble.ts';

/** Written into the head of the file: "snet". */
const applicationId = 0x736e6574;
/** Of the table, and of what its keys and values say. */
const formatVersion = 1;

/**
 * Opens the file of a store for reading, and makes it when it is missing.
 *
 * @throws BaseError `STORE_UNAVAILABLE` for a directory that cannot be made or used, a file that is
 *   none of ours, and one of a newer version
 */
export function openSqliteFile(directory: string): DatabaseSync {
  const place = sqliteFile(directory);
  let database: DatabaseSync | undefined;
  try {
    // Signed payments are nobody else's business.
    makeDirectory(directory);
    database = openPrivateDatabase(place);
    prepare(database, place);
    return database;
  } catch (cause) {
    database?.close();
    if (cause instanceof BaseError) throw cause;
    throw storeTrouble('The store cannot be opened.', { place, cause });
  }
}

function prepare(database: DatabaseSync, place: string): void {
  const { application_id: id, user_version: version } = {
    ...database.prepare('PRAGMA application_id').get(),
    ...database.prepare('PRAGMA user_version').get(),
  };
  const isNew = id === 0 && version === 0;
  if (!isNew && (id !== applicationId || version !== formatVersion)) {
    throw new BaseError('STORE_UNAVAILABLE', 'The store cannot be opened.', {
      place,
      expected: `a store of snetd, format ${formatVersion}`,
      found: id === applicationId ? `format ${version}` : 'another SQLite file',
      hint: 'Name the directory of a store, or an empty one.',
    });
  }
  if (isNew) {
    database.exec(`
      BEGIN IMMEDIATE;
      CREATE TABLE IF NOT EXISTS entries (key BLOB PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
      PRAGMA application_id = ${applicationId};
      PRAGMA user_version = ${formatVersion};
      COMMIT`);
  }
  // What a process that was killed had written and not flushed is durable before anybody acts on it.
  database.exec('PRAGMA wal_checkpoint(PASSIVE)');
}
