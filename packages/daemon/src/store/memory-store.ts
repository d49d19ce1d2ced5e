import { randomBytes } from 'node:crypto';
import { BaseError } from '@snetkit/core';
import { applyItem, type ItemTable } from './apply-item.ts';
import { commitWithDeadOwners } from './commit-with-dead-owners.ts';
import type { Store, StoredEntry, Versioned } from './store.ts';
import { scopedItem, scopedKey } from './store-key.ts';

/** What the memory stores of one process may share, as several replicas share a real one. */
export interface SharedMemory {
  readonly entries: Map<string, Versioned>;
  readonly owners: Set<string>;
  /** Version of the last write. */
  version: bigint;
}

/** Memory for stores that see each other's writes. */
export function createSharedMemory(): SharedMemory {
  return { entries: new Map(), owners: new Set(), version: 0n };
}

/** Options of {@link createMemoryStore}. */
export interface MemoryStoreOptions {
  /** Shared with other stores; its own unless given. */
  readonly memory?: SharedMemory;
}

/**
 * A store that forgets everything with its process: for tests. It keeps the whole contract but the
 * promise that `applied` is durable.
 */
export function createMemoryStore(scope: string, options: MemoryStoreOptions = {}): Store {
  const { memory = createSharedMemory() } = options;
  const { entries, owners } = memory;
  const own = new Set<string>();
  let closed = false;

  const table: ItemTable = {
    getVersion: (key) => entries.get(key)?.version ?? 0n,
    put: (key, value, version) => {
      entries.set(key, { value: new Uint8Array(value), version });
    },
    remove: (key) => {
      entries.delete(key);
    },
    nextVersion() {
      memory.version += 1n;
      return memory.version;
    },
  };

  function closedError(): BaseError {
    return new BaseError('STORE_CLOSED', 'The store is closed.', { place: 'memory' });
  }

  function assertOpen(): void {
    if (closed) throw closedError();
  }

  function release(id: string): void {
    own.delete(id);
    owners.delete(id);
  }

  async function* list(prefix: string): AsyncGenerator<StoredEntry> {
    assertOpen();
    const whole = scopedKey(scope, prefix);
    const found = [...entries].filter(([key]) => key.startsWith(whole));
    found.sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    for (const [key, entry] of found) yield { key: key.slice(scope.length + 1), ...copy(entry) };
  }

  return {
    name: 'memory',
    async get(key) {
      assertOpen();
      const entry = entries.get(scopedKey(scope, key));
      return entry === undefined ? undefined : copy(entry);
    },
    list,
    async commit(items) {
      return commitWithDeadOwners(
        items.map((item) => scopedItem(scope, item)),
        {
          isOwnerAlive: (id) => owners.has(id),
          commit: async (ready) =>
            closed
              ? ready.map(() => ({ outcome: 'unknown', cause: closedError() }))
              : ready.map((item) => applyItem(table, item)),
        },
      );
    },
    async openOwner() {
      assertOpen();
      const id = randomBytes(16).toString('hex');
      owners.add(id);
      own.add(id);
      return {
        id,
        deadline: Number.POSITIVE_INFINITY,
        lost: new AbortController().signal,
        release: async () => release(id),
      };
    },
    async isOwnerAlive(id) {
      assertOpen();
      return owners.has(id);
    },
    async close() {
      closed = true;
      for (const id of own) release(id);
    },
  };
}

function copy({ value, version }: Versioned): Versioned {
  return { value: new Uint8Array(value), version };
}
