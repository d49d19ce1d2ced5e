import { BaseError, equalBytes } from '@snetkit/core';
import { planNextEpoch, readEpoch } from '../group/epoch.ts';
import { decodeCounter } from '../ledger/counter-codec.ts';
import { decodeChannelRecord, decodeClaimRecord } from '../ledger/record-codec.ts';
import { commitAll } from '../store/commit-all.ts';
import type { CommitItem, Store, Versioned } from '../store/store.ts';
import { type CheckedStateFile, checkStateFile, readStateRecords } from './read-state-file.ts';
import { invalidStateFile, isVolatileKey, type StateFileRecord } from './state-file.ts';

/** Options of {@link restoreState}. */
export interface RestoreStateOptions {
  readonly store: Store;
  readonly path: string;
  /** What {@link checkRestorable} said of the file. */
  readonly file: CheckedStateFile;
  /** Lets records of the store go that the file does not have, or has otherwise. */
  readonly replaces: boolean;
  readonly signal?: AbortSignal | undefined;
  onProgress?(records: number): void;
}

/** What a restore did. */
export interface RestoreReport {
  readonly records: number;
  readonly written: number;
  /** The store had them already. */
  readonly kept: number;
  readonly removed: number;
  readonly epoch: string;
}

/**
 * Checks that a file is whole, that each of its records can be read, and that they belong to a group.
 *
 * @param scope - see `storeScope`
 * @throws BaseError STATE_FILE_INVALID
 */
export async function checkRestorable(path: string, scope: string): Promise<CheckedStateFile> {
  const file = await checkStateFile(path, (record) => checkRecord(path, record));
  if (file.head.scope === scope) return file;
  throw new BaseError('STATE_FILE_INVALID', 'The state file belongs to another group.', {
    place: path,
    expected: scope,
    found: file.head.scope,
  });
}

/**
 * Puts the records of a state file into a store, and begins a new epoch. Their owners live nowhere any
 * more, so what they had not settled is theirs who retry it. It may be run again after a failure.
 *
 * @throws BaseError STATE_CONFLICT when the store has other records and they are not to be replaced, or
 *   that the store cannot be read or written
 */
export async function restoreState(options: RestoreStateOptions): Promise<RestoreReport> {
  const { store, path, file, replaces, signal, onProgress } = options;
  const existing = new Map<string, Versioned>();
  for await (const { key, value, version } of store.list('')) {
    if (!isVolatileKey(key)) existing.set(key, { value, version });
  }
  if (!replaces) await refuseOther(path, existing);
  let written = 0;

  async function* planWrites(): AsyncGenerator<CommitItem> {
    const left = new Map(existing);
    for await (const { key, value } of readStateRecords(path)) {
      signal?.throwIfAborted();
      const own = left.get(key);
      left.delete(key);
      if (own !== undefined && equalBytes(own.value, value)) continue;
      written += 1;
      yield { checks: [{ key, version: own?.version ?? 0n }], writes: [{ key, value }] };
    }
    for (const [key, { version }] of left) {
      yield { checks: [{ key, version }], writes: [{ key, value: undefined }] };
    }
  }

  // First of all: a replica that starts in the midst of it must not go on with what it has read.
  const { head, foot } = file;
  const reason = `restore of the state of ${head.exportedAt}`;
  const beyond = BigInt(head.epoch);
  await commitAll(store, [await planNextEpoch(store, { reason, beyond })]);
  const changed = await commitAll(store, planWrites(), { ...(onProgress && { onProgress }) });
  await commitAll(store, [await planNextEpoch(store, { reason })]);
  return {
    records: foot.records,
    written,
    kept: foot.records - written,
    removed: changed - written,
    epoch: String((await readEpoch(store)).epoch.number),
  };
}

async function refuseOther(path: string, existing: ReadonlyMap<string, Versioned>): Promise<void> {
  const other = new Set(existing.keys());
  for await (const { key, value } of readStateRecords(path)) {
    const own = existing.get(key);
    if (own !== undefined && equalBytes(own.value, value)) other.delete(key);
  }
  if (other.size === 0) return;
  const [first] = other;
  throw new BaseError('STATE_CONFLICT', 'The store has records that the file does not have so.', {
    place: first,
    found: `${other.size} records`,
    hint: 'Restore into an empty store. To let these records go, export them first, and then say --replace.',
  });
}

function checkRecord(path: string, { key, value }: StateFileRecord): void {
  const place = `${path}: ${key}`;
  const channel = /^channel\/(\d+)$/.exec(key)?.[1];
  const claim = /^claim\/(\d+)\/\d+$/.exec(key)?.[1];
  const misplaced = (id: string, found: bigint) => {
    if (BigInt(id) !== found) throw invalidStateFile(path, `channel ${found} under ${key}`);
  };
  if (channel !== undefined) misplaced(channel, decodeChannelRecord(value, place).channelId);
  else if (claim !== undefined) misplaced(claim, decodeClaimRecord(value, place).channelId);
  else if (/^(prepaid|free)\//.test(key)) decodeCounter(value, place);
  else if (isVolatileKey(key)) throw invalidStateFile(path, `the key ${key}`);
}
