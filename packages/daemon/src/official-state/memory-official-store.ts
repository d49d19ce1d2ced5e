import type { OfficialEntry, OfficialStore } from './official-store.ts';

/** An official daemon's store that a test fills and changes by hand. */
export interface MemoryOfficialStore extends OfficialStore {
  readonly entries: Map<string, OfficialEntry>;
  readonly sessions: Set<string>;
  /** Writes as a daemon does: without a condition. */
  set(key: string, value: Uint8Array | string): void;
}

/** For tests. */
export function createMemoryOfficialStore(): MemoryOfficialStore {
  const entries = new Map<string, OfficialEntry>();
  const sessions = new Set<string>();
  let version = 0n;

  function set(key: string, value: Uint8Array | string): void {
    version += 1n;
    entries.set(key, { key, value: Buffer.from(value as string), version });
  }

  return {
    place: 'memory',
    entries,
    sessions,
    set,
    async *list(prefix) {
      const found = [...entries.values()].filter(({ key }) => key.startsWith(prefix));
      yield* found.sort((a, b) => (a.key < b.key ? -1 : 1));
    },
    async put(key, value, expected) {
      if ((entries.get(key)?.version ?? 0n) !== expected) return false;
      set(key, value);
      return true;
    },
    listSessions: async () => [...sessions],
    async close() {},
  };
}
