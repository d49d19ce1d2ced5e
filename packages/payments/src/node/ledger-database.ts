import { openPrivateDatabase } from '@snetkit/process-lock';

/** The tables of one escrow. Its functions throw what SQLite says. */
export interface LedgerDatabase {
  readRecord(id: string): string | undefined;
  writeRecord(id: string, record: string): void;
  listRecords(): readonly { readonly id: string; readonly record: string }[];
  readCursor(filter: string): string | undefined;
  writeCursor(filter: string, cursor: string): void;
  /** Runs work alone among all processes; what it wrote has been flushed to the disk when this returns. */
  transact<T>(work: () => T): T;
  close(): void;
}

/** Opens, or makes, the tables in a file. Statements are prepared once: every paid call runs them. */
export function openLedgerDatabase(file: string): LedgerDatabase {
  const database = openPrivateDatabase(file);
  database.exec('CREATE TABLE IF NOT EXISTS channel (id TEXT PRIMARY KEY, record TEXT NOT NULL)');
  database.exec(
    'CREATE TABLE IF NOT EXISTS search (filter TEXT PRIMARY KEY, cursor TEXT NOT NULL)',
  );
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  const record = database.prepare('SELECT record FROM channel WHERE id = ?');
  const setRecord = database.prepare('INSERT OR REPLACE INTO channel (id, record) VALUES (?, ?)');
  const cursor = database.prepare('SELECT cursor FROM search WHERE filter = ?');
  const setCursor = database.prepare(
    'INSERT OR REPLACE INTO search (filter, cursor) VALUES (?, ?)',
  );
  return {
    readRecord: (id) => textOf(record.get(id)?.['record']),
    writeRecord: (id, text) => void setRecord.run(id, text),
    listRecords: () =>
      database
        .prepare('SELECT id, record FROM channel ORDER BY id')
        .all()
        .map((row) => ({ id: String(row['id']), record: String(row['record']) })),
    readCursor: (filter) => textOf(cursor.get(filter)?.['cursor']),
    writeCursor: (filter, text) => void setCursor.run(filter, text),
    transact(work) {
      begin.run();
      try {
        const result = work();
        commit.run();
        return result;
      } catch (error) {
        if (database.isTransaction) database.exec('ROLLBACK');
        throw error;
      }
    },
    close: () => database.close(),
  };
}

function textOf(value: unknown): string | undefined {
  return value === undefined ? undefined : String(value);
}
