import { BaseError } from '@snetkit/core';
import { readEpoch } from '../group/epoch.ts';
import type { Store, StoredEntry } from '../store/store.ts';
import { isVolatileKey, type StateFileFoot } from './state-file.ts';
import { writeStateFile } from './write-state-file.ts';

/** Options of {@link exportState}. */
export interface ExportStateOptions {
  readonly store: Store;
  /** See `storeScope`. */
  readonly scope: string;
  readonly path: string;
  /** Puts the file in the place of another. */
  readonly replaces: boolean;
  readonly signal?: AbortSignal | undefined;
  onProgress?(records: number): void;
}

/**
 * Writes all records of a group into a state file. The caller has made sure that nobody serves the
 * group; that nothing was written meanwhile is checked before the file gets its name.
 *
 * @throws BaseError GROUP_IN_SERVICE, STATE_FILE_UNWRITABLE, or that the store cannot be read
 */
export async function exportState(options: ExportStateOptions): Promise<StateFileFoot> {
  const { store, scope, path, replaces, signal, onProgress } = options;
  const { epoch } = await readEpoch(store);
  return writeStateFile({
    path,
    head: {
      format: 'snetkit-state',
      version: 1,
      scope,
      store: store.name,
      exportedAt: new Date().toISOString(),
      epoch: String(epoch.number),
    },
    entries: readAtRest(store),
    replaces,
    signal,
    ...(onProgress && { onProgress }),
  });
}

/** All entries, and an error at the end when they are not of one moment. */
async function* readAtRest(store: Store): AsyncGenerator<StoredEntry> {
  const seen = { count: 0, versions: 0n };
  for await (const entry of store.list('')) {
    add(seen, entry);
    yield entry;
  }
  const now = { count: 0, versions: 0n };
  for await (const entry of store.list('')) add(now, entry);
  if (now.count === seen.count && now.versions === seen.versions) return;
  throw new BaseError('GROUP_IN_SERVICE', 'The store changed while it was read.', {
    found: 'a daemon, or another tool, that writes to it',
    hint: 'Stop every daemon of the group, and run the command again.',
  });
}

/** Versions never repeat and only grow: equal counts and sums are equal entries. */
function add(sum: { count: number; versions: bigint }, { key, version }: StoredEntry): void {
  if (isVolatileKey(key)) return;
  sum.count += 1;
  sum.versions += version;
}
