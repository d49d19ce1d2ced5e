import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import {
  getStateDirectory,
  guardStorage,
  holdProcessLock,
  isProcessLockHeld,
  makePrivateDirectory,
  openPrivateDatabase,
} from '@snetkit/process-lock';
import type { ChannelKey, ClientLedger, LedgerChange } from '../ledger/client-ledger.ts';
import type { LedgerRecord } from '../ledger/ledger-record.ts';
import { placeOf } from '../ledger/place-of.ts';
import { decodeLedgerRecord, encodeLedgerRecord } from '../ledger/record-codec.ts';
import { decodeSearch, encodeSearch } from '../ledger/search-codec.ts';

/** Where the ledger lies. */
export interface FileLedgerOptions {
  /** Holds one folder per network and escrow; `~/.local/state/snet/channels` when left out. */
  readonly directory?: string | undefined;
}

type Escrow = Omit<ChannelKey, 'channelId'>;

/**
 * The ledger of this user on this machine: one SQLite file per network and escrow, one record per
 * channel. All processes of the user share it; each update is an exclusive transaction, flushed to
 * the disk before it resolves.
 *
 * @throws BaseError LEDGER_UNAVAILABLE
 */
export function openFileLedger({
  directory = join(getStateDirectory(), 'channels'),
}: FileLedgerOptions = {}): ClientLedger {
  const locks = join(directory, 'holders');
  const lock = guard(directory, () => {
    makePrivateDirectory(locks);
    return holdProcessLock(locks);
  });
  const databases = new Map<string, DatabaseSync>();

  function open({ chainId, mpe }: Escrow): DatabaseSync {
    const file = join(directory, String(chainId), mpe.toLowerCase(), 'ledger.sqlite');
    return (
      databases.get(file) ??
      guard(file, () => {
        const database = openPrivateDatabase(file);
        database.exec(
          'CREATE TABLE IF NOT EXISTS channel (id TEXT PRIMARY KEY, record TEXT NOT NULL)',
        );
        database.exec(
          'CREATE TABLE IF NOT EXISTS search (filter TEXT PRIMARY KEY, cursor TEXT NOT NULL)',
        );
        databases.set(file, database);
        return database;
      })
    );
  }

  function read(database: DatabaseSync, key: ChannelKey): LedgerRecord | undefined {
    const id = key.channelId.toString();
    const row = database.prepare('SELECT record FROM channel WHERE id = ?').get(id);
    return row && decodeLedgerRecord(String(row['record']), placeOf(key));
  }

  function update<T>(key: ChannelKey, change: (record?: LedgerRecord) => LedgerChange<T>): T {
    const database = open(key);
    database.exec('BEGIN IMMEDIATE');
    try {
      const { record, result } = change(read(database, key));
      if (record !== undefined) {
        database
          .prepare('INSERT OR REPLACE INTO channel (id, record) VALUES (?, ?)')
          .run(key.channelId.toString(), encodeLedgerRecord(record));
      }
      database.exec('COMMIT');
      return result;
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
  }

  return {
    holder: lock.id,
    isHolderAlive: (holder) =>
      holder === lock.id || guard(locks, () => isProcessLockHeld(locks, holder)),
    update: async (key, change) => guard(placeOf(key), () => update(key, change)),
    get: async (key) => guard(placeOf(key), () => read(open(key), key)),
    async list(escrow) {
      return guard(placeOf(escrow), () => {
        const rows = open(escrow).prepare('SELECT id, record FROM channel ORDER BY id').all();
        return rows.map((row) =>
          decodeLedgerRecord(String(row['record']), `${placeOf(escrow)}, channel ${row['id']}`),
        );
      });
    },
    searches: {
      get: async (key) =>
        guard(placeOf(key), () => {
          const row = open(key)
            .prepare('SELECT cursor FROM search WHERE filter = ?')
            .get(key.filter);
          return row && decodeSearch(String(row['cursor']));
        }),
      set: async (key, cursor) =>
        guard(placeOf(key), () => {
          open(key)
            .prepare('INSERT OR REPLACE INTO search (filter, cursor) VALUES (?, ?)')
            .run(key.filter, encodeSearch(cursor));
        }),
    },
    async close() {
      for (const database of databases.values()) database.close();
      databases.clear();
      lock.release();
    },
  };
}

function guard<T>(place: string, work: () => T): T {
  return guardStorage(
    { code: 'LEDGER_UNAVAILABLE', message: 'The payment ledger cannot be used', place },
    work,
  );
}
