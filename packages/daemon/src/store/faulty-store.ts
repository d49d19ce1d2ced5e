import type { CommitItem, CommitOutcome, Store } from './store.ts';

/**
 * What goes wrong with one item. `lost`: unknown, never applied. `late`: unknown, applied when
 * `applyLate` is called. `unknown`: unknown, although it was tried at once. `conflict`: refused
 * without a reason.
 */
export type Fault = 'none' | 'lost' | 'late' | 'unknown' | 'conflict';

/** Options of {@link createFaultyStore}. */
export interface FaultyStoreOptions {
  /** Decides for every item of every commit; a promise delays the commit. */
  readonly chooseFault?: (item: CommitItem) => Fault | Promise<Fault>;
  /** Awaited before every read; what it throws, the read throws. */
  readonly beforeRead?: (key: string) => void | Promise<void>;
}

/** A store with faults, and the hand that lets late writes arrive. */
export interface FaultyStore extends Store {
  /** Items whose outcome was `unknown` and that may still apply. */
  readonly lateItems: readonly CommitItem[];
  /** The oldest late item arrives; `undefined` when there is none. */
  applyLate(): Promise<CommitOutcome | undefined>;
}

const unknown: CommitOutcome = { outcome: 'unknown', cause: 'injected fault' };

/** Wraps a store so that a test decides what goes wrong, item by item. */
export function createFaultyStore(store: Store, options: FaultyStoreOptions = {}): FaultyStore {
  const { chooseFault = () => 'none', beforeRead = () => {} } = options;
  const lateItems: CommitItem[] = [];

  async function commitOne(item: CommitItem): Promise<CommitOutcome> {
    const [outcome] = await store.commit([item]);
    return outcome ?? unknown;
  }

  return {
    name: store.name,
    lateItems,
    async get(key) {
      await beforeRead(key);
      return store.get(key);
    },
    async *list(prefix) {
      await beforeRead(prefix);
      yield* store.list(prefix);
    },
    async commit(items) {
      const outcomes: CommitOutcome[] = [];
      for (const item of items) {
        const fault = await chooseFault(item);
        if (fault === 'late') lateItems.push(item);
        if (fault === 'none') outcomes.push(await commitOne(item));
        else if (fault === 'conflict') outcomes.push({ outcome: 'conflict' });
        else {
          if (fault === 'unknown') await commitOne(item);
          outcomes.push(unknown);
        }
      }
      return outcomes;
    },
    async applyLate() {
      const item = lateItems.shift();
      return item === undefined ? undefined : commitOne(item);
    },
    openOwner: () => store.openOwner(),
    isOwnerAlive: (id) => store.isOwnerAlive(id),
    close: () => store.close(),
  };
}
