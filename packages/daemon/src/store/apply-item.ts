import type { CommitItem, CommitOutcome } from './store.ts';

/** What a commit reads and writes; the driver makes it one transaction. */
export interface ItemTable {
  /** Version that the key has; `0n` when it does not exist. */
  getVersion(key: string): bigint;
  put(key: string, value: Uint8Array, version: bigint): void;
  remove(key: string): void;
  /** The next version of the whole store; never the same twice. */
  nextVersion(): bigint;
}

/** Applies one item when all its checks hold; touches nothing when one does not. */
export function applyItem(table: ItemTable, item: CommitItem): CommitOutcome {
  const holds = item.checks.every(({ key, version }) => table.getVersion(key) === version);
  if (!holds) return { outcome: 'conflict' };
  const version = table.nextVersion();
  for (const { key, value } of item.writes) {
    if (value === undefined) table.remove(key);
    else table.put(key, value, version);
  }
  return { outcome: 'applied', version };
}
