import { statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { sqliteFile } from './sqlite-entries.ts';

/** Batches between two looks at the log. */
const batchesPerLook = 1_000;

/** What {@link createLogKeeper} needs. */
export interface LogKeeperOptions {
  readonly database: DatabaseSync;
  /** Directory of the store. */
  readonly path: string;
  /** Bytes that the log may have; 16 MiB unless given. */
  readonly maxBytes?: number;
}

/**
 * Keeps the write-ahead log from growing without end; call it after each batch. SQLite moves the log
 * into the table by itself, but begins it anew only when nobody writes or reads at that moment: beside
 * others who write without a break it would wait for ever. Here everybody waits for a moment.
 */
export function createLogKeeper({
  database,
  path,
  maxBytes = 2 ** 24,
}: LogKeeperOptions): () => void {
  const log = `${sqliteFile(path)}-wal`;
  let batches = 0;
  return () => {
    batches += 1;
    if (batches % batchesPerLook !== 0) return;
    const size = statSync(log, { throwIfNoEntry: false })?.size ?? 0;
    if (size <= maxBytes) return;
    try {
      database.exec('PRAGMA busy_timeout = 100; PRAGMA wal_checkpoint(TRUNCATE)');
    } catch {
      // A reader that stays, or a full disk: the next look tries again.
    } finally {
      database.exec('PRAGMA busy_timeout = 0');
    }
  };
}
