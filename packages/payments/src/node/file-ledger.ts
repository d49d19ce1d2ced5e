import { join } from 'node:path';
import {
  getStateDirectory,
  guardStorage,
  holdProcessLock,
  isProcessLockHeld,
  makePrivateDirectory,
} from '@snetkit/process-lock';
import type { ChannelKey, ClientLedger, LedgerChange } from '../ledger/client-ledger.ts';
import type { LedgerRecord } from '../ledger/ledger-record.ts';
import { placeOf } from '../ledger/place-of.ts';
import { decodeLedgerRecord, encodeLedgerRecord } from '../ledger/record-codec.ts';
import { decodeSearch, encodeSearch } from '../ledger/search-codec.ts';
import { type LedgerDatabase, openLedgerDatabase } from './ledger-database.ts';

/** Where the ledger lies. */
export interface FileLedgerOptions {
  /** Holds one folder per network and escrow; `~/.local/state/snet/channels` when left out. */
  readonly directory?: string | undefined;
}

type Escrow = Omit<ChannelKey, 'channelId'>;

/** A record, and the text that it is. */
interface Stored {
  readonly text: string;
  readonly record: LedgerRecord;
}

interface OpenEscrow {
  readonly database: LedgerDatabase;
  /** What this process last wrote of each channel. */
  readonly written: Map<string, Stored>;
}

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
  const escrows = new Map<string, OpenEscrow>();

  function open({ chainId, mpe }: Escrow): OpenEscrow {
    const file = join(directory, String(chainId), mpe.toLowerCase(), 'ledger.sqlite');
    const known = escrows.get(file);
    if (known !== undefined) return known;
    const opened = { database: guard(file, () => openLedgerDatabase(file)), written: new Map() };
    escrows.set(file, opened);
    return opened;
  }

  function read({ database, written }: OpenEscrow, key: ChannelKey): Stored | undefined {
    const id = key.channelId.toString();
    const text = database.readRecord(id);
    if (text === undefined) return undefined;
    const last = written.get(id);
    // Nobody else has changed it since: it reads as it was written.
    if (last?.text === text) return last;
    return { text, record: decodeLedgerRecord(text, placeOf(key)) };
  }

  function update<T>(key: ChannelKey, change: (record?: LedgerRecord) => LedgerChange<T>): T {
    const escrow = open(key);
    return escrow.database.transact(() => {
      const stored = read(escrow, key);
      const { record, result } = change(stored?.record);
      if (record !== undefined) write(escrow, { id: key.channelId.toString(), record, stored });
      return result;
    });
  }

  function write(
    { database, written }: OpenEscrow,
    { id, record, stored }: { id: string; record: LedgerRecord; stored: Stored | undefined },
  ): void {
    const text = encodeLedgerRecord(record);
    // A transaction that writes nothing flushes nothing: who waits for its turn asks often.
    if (text === stored?.text) return;
    database.writeRecord(id, text);
    written.set(id, { text, record });
  }

  return {
    holder: lock.id,
    isHolderAlive: (holder) =>
      holder === lock.id || guard(locks, () => isProcessLockHeld(locks, holder)),
    update: async (key, change) => guard(placeOf(key), () => update(key, change)),
    get: async (key) => guard(placeOf(key), () => read(open(key), key)?.record),
    async list(escrow) {
      return guard(placeOf(escrow), () => {
        const rows = open(escrow).database.listRecords();
        return rows.map(({ id, record }) =>
          decodeLedgerRecord(record, `${placeOf(escrow)}, channel ${id}`),
        );
      });
    },
    searches: {
      get: async (key) =>
        guard(placeOf(key), () => {
          const text = open(key).database.readCursor(key.filter);
          return text === undefined ? undefined : decodeSearch(text);
        }),
      set: async (key, cursor) =>
        guard(placeOf(key), () => open(key).database.writeCursor(key.filter, encodeSearch(cursor))),
    },
    async close() {
      for (const { database } of escrows.values()) database.close();
      escrows.clear();
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
