import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import {
  getStateDirectory,
  guardStorage,
  holdProcessLock,
  isProcessLockHeld,
  openPrivateDatabase,
  withFileLock,
} from '@snetkit/process-lock';
import { createQueues } from '../transactions/journal/create-queues.ts';
import type { JournalRecord } from '../transactions/journal/journal-record.ts';
import { decodeJournalRecord, encodeJournalRecord } from '../transactions/journal/record-codec.ts';
import type {
  JournalAccount,
  JournalChange,
  TransactionJournal,
} from '../transactions/journal/transaction-journal.ts';

/** Where the journal lies. */
export interface FileJournalOptions {
  /**
   * Holds one folder per chain and account; `transactions` in the state directory of this product
   * (`${XDG_STATE_HOME:-~/.local/state}/snet`) when left out.
   */
  readonly directory?: string | undefined;
}

/**
 * The journal of this user on this machine: one SQLite file per chain and account, one record per
 * transaction. All processes of the user share it; each update is an exclusive transaction, flushed
 * to the disk before it resolves.
 *
 * @throws BaseError `JOURNAL_UNAVAILABLE`
 */
export function openFileJournal({
  directory = join(getStateDirectory(), 'transactions'),
}: FileJournalOptions = {}): TransactionJournal {
  const holders = join(directory, 'holders');
  const lock = guard(directory, () => holdProcessLock(holders));
  const databases = new Map<string, DatabaseSync>();
  // Within one process a queue is fairer, and cheaper, than a lock that everybody tries to get.
  const queue = createQueues();

  const folderOf = ({ chainId, address }: JournalAccount) =>
    join(directory, String(chainId), address.toLowerCase());

  function open(account: JournalAccount): DatabaseSync {
    const file = join(folderOf(account), 'journal.sqlite');
    const known = databases.get(file);
    if (known) return known;
    const database = openPrivateDatabase(file);
    database.exec('CREATE TABLE IF NOT EXISTS pending (id TEXT PRIMARY KEY, record TEXT NOT NULL)');
    databases.set(file, database);
    return database;
  }

  function read(account: JournalAccount, id: string): JournalRecord | undefined {
    const row = open(account).prepare('SELECT record FROM pending WHERE id = ?').get(id);
    return row && decodeJournalRecord(String(row['record']), placeOf(account, id));
  }

  function update<T>(
    account: JournalAccount,
    id: string,
    change: (record?: JournalRecord) => JournalChange<T>,
  ): T {
    const database = open(account);
    database.exec('BEGIN IMMEDIATE');
    try {
      const { record, result } = change(read(account, id));
      if (record === null) database.prepare('DELETE FROM pending WHERE id = ?').run(id);
      else if (record !== undefined) {
        database
          .prepare('INSERT OR REPLACE INTO pending (id, record) VALUES (?, ?)')
          .run(id, encodeJournalRecord(record));
      }
      database.exec('COMMIT');
      return result;
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
  }

  const placeOf = (account: JournalAccount, id?: string) =>
    `${join(folderOf(account), 'journal.sqlite')}${id === undefined ? '' : `, record ${id}`}`;
  const use = async <T>(account: JournalAccount, work: () => T) => guard(placeOf(account), work);

  return {
    holder: lock.id,
    isHolderAlive: (holder) =>
      holder === lock.id || guard(holders, () => isProcessLockHeld(holders, holder)),
    lock(account, options, work) {
      const folder = folderOf(account);
      return queue(folder, options, () =>
        withFileLock(join(folder, 'account.lock'), options, work),
      );
    },
    update: (account, id, change) => use(account, () => update(account, id, change)),
    get: (account, id) => use(account, () => read(account, id)),
    list: (account) =>
      use(account, () => {
        const rows = open(account).prepare('SELECT id, record FROM pending ORDER BY id').all();
        return rows.map((row) =>
          decodeJournalRecord(String(row['record']), placeOf(account, String(row['id']))),
        );
      }),
    async close() {
      for (const database of databases.values()) database.close();
      databases.clear();
      lock.release();
    },
  };
}

function guard<T>(place: string, work: () => T): T {
  return guardStorage(
    { code: 'JOURNAL_UNAVAILABLE', message: 'The journal of transactions cannot be used.', place },
    work,
  );
}
