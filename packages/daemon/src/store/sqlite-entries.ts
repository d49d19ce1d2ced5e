import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';

// The writer thread loads this file: it imports nothing that needs the workspace's own resolution.

/** An entry of the table: bytes as they stand. */
export interface Entry {
  readonly key: Uint8Array;
  readonly value: Uint8Array;
}

/** The one table of a store's file. Every method throws what SQLite says. */
export interface SqliteEntries {
  get(key: Uint8Array): Uint8Array | undefined;
  /** Entries with `from <= key < to`, ascending. */
  list(range: { from: Uint8Array; to: Uint8Array; limit: number }): readonly Entry[];
  put(key: Uint8Array, value: Uint8Array): void;
  remove(key: Uint8Array): void;
}

/** Milliseconds that others may keep the opening of a file waiting. */
const openingMs = 5_000;

/** The file of a store that is kept in `directory`. */
export function sqliteFile(directory: string): string {
  return join(directory, 'payments.sqlite');
}

/** Opens the file for a writer, in whatever thread. `openSqliteFile` has made it. */
export function openSqliteWriter(directory: string): DatabaseSync {
  // Somebody may be repairing the log of a process that was killed.
  const database = new DatabaseSync(sqliteFile(directory), { timeout: openingMs });
  // `applied` means flushed: the log is on the disk before anybody can see what it says.
  database.exec('PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA busy_timeout = 0');
  return database;
}

/** Prepares the statements on the table. */
export function createSqliteEntries(database: DatabaseSync): SqliteEntries {
  // Not before it is needed: most processes need half of them.
  const statements = new Map<string, StatementSync>();
  const prepared = (sql: string): StatementSync => {
    let statement = statements.get(sql);
    if (statement === undefined) {
      statement = database.prepare(sql);
      statements.set(sql, statement);
    }
    return statement;
  };
  return {
    get(key) {
      const row = prepared('SELECT value FROM entries WHERE key = ?').get(key);
      return row?.['value'] as Uint8Array | undefined;
    },
    list({ from, to, limit }) {
      const sql = 'SELECT key, value FROM entries WHERE key >= ? AND key < ? ORDER BY key LIMIT ?';
      return prepared(sql).all(from, to, limit) as unknown as readonly Entry[];
    },
    put(key, value) {
      prepared('INSERT OR REPLACE INTO entries VALUES (?, ?)').run(key, value);
    },
    remove(key) {
      prepared('DELETE FROM entries WHERE key = ?').run(key);
    },
  };
}
