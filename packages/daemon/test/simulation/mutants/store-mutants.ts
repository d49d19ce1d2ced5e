import type { CommitItem, CommitOutcome, Store, Versioned } from '../../../src/store/store.ts';
import type { Mutant, StoreContext } from './mutant.ts';

/** Mutants of what a replica makes of the store's answers. */
export const storeMutants: readonly Mutant[] = [
  {
    name: 'unknown outcome = failure, no fence',
    scenarios: ['rough', 'outages'],
    plant: () => ({
      store: (store, context) =>
        withOutcomes(store, (item, outcome) =>
          outcome.outcome === 'unknown' ? fail(item, context) : outcome,
        ),
    }),
  },
  {
    name: 'unknown outcome = success',
    scenarios: ['rough'],
    plant: () => ({
      store: (store) =>
        withOutcomes(store, (item, outcome) =>
          outcome.outcome === 'unknown' ? succeed(item) : outcome,
        ),
    }),
  },
  {
    name: 'unknown: read once, conclude "not applied"',
    scenarios: ['rough', 'outages'],
    plant: () => ({
      store: (store, context) =>
        withOutcomes(store, async (item, outcome) => {
          if (outcome.outcome !== 'unknown') return outcome;
          const [write] = item.writes;
          const found = await store.get(write?.key ?? '').catch(() => undefined);
          const isThere = found !== undefined && found.value === write?.value;
          return isThere ? { outcome: 'applied', version: found.version } : fail(item, context);
        }),
    }),
  },
  {
    name: 'refuse an unknown call without a fence',
    scenarios: ['away', 'outages'],
    plant: () => ({
      store: (store) =>
        withOutcomes(store, (_item, outcome) =>
          outcome.outcome === 'unknown' ? { outcome: 'conflict' } : outcome,
        ),
    }),
  },
  {
    name: 'entry of a live owner honoured (no lease)',
    scenarios: ['greed', 'three-replicas'],
    plant: () => ({
      store: (store) => ({
        ...store,
        isOwnerAlive: async () => false,
        commit: (items) => store.commit(items.map((item) => ({ ...item, deadOwners: [] }))),
      }),
    }),
  },
  {
    name: 'hand-over after the lease was lost (no self-fence)',
    scenarios: ['leases', 'greed'],
    plant: () => ({
      store: (store) => ({
        ...store,
        openOwner: async () => {
          const owner = await store.openOwner();
          const { signal } = new AbortController();
          return {
            id: owner.id,
            deadline: Number.POSITIVE_INFINITY,
            lost: signal,
            release: owner.release,
          };
        },
      }),
    }),
  },
  {
    name: 'conflict: take the new version, do not re-validate',
    scenarios: ['three-replicas', 'retries', 'rough'],
    plant: () => ({
      store: (store) =>
        withOutcomes(store, async (item, outcome) => {
          if (outcome.outcome !== 'conflict') return outcome;
          const checks = await Promise.all(
            item.checks.map(async ({ key }) => ({
              key,
              version: (await store.get(key).catch(() => undefined))?.version ?? 0n,
            })),
          );
          const [again] = await store.commit([{ ...item, checks }]);
          return again ?? outcome;
        }),
    }),
  },
  {
    name: 'StartClaim in two writes',
    scenarios: ['rough'],
    plant: () => ({
      store: (store) => ({
        ...store,
        commit: async (items) => {
          const outcomes: CommitOutcome[] = [];
          for (const item of items) outcomes.push(await commitOneByOne(store, item));
          return outcomes;
        },
      }),
    }),
  },
  {
    name: 'refuse from a stale cache',
    scenarios: ['three-replicas', 'rough'],
    plant: () => ({
      store: (store) => {
        const known = new Map<string, Versioned | undefined>();
        const remember = async (key: string) => {
          const found = await store.get(key);
          known.set(key, found);
          return found;
        };
        const cached = withOutcomes(store, (item, outcome) => {
          for (const { key, value } of item.writes) {
            if (outcome.outcome !== 'applied' || value === undefined) known.delete(key);
            else known.set(key, { value, version: outcome.version });
          }
          return outcome;
        });
        return {
          ...cached,
          get: async (key) => (known.has(key) ? known.get(key) : remember(key)),
        };
      },
    }),
  },
  {
    name: 'batch: all-or-nothing',
    scenarios: ['channels'],
    plant: () => ({
      batch: (items, { wouldConflict, apply }) =>
        items.some(wouldConflict)
          ? items.map((): CommitOutcome => ({ outcome: 'conflict' }))
          : items.map(apply),
    }),
  },
];

type Judge = (item: CommitItem, outcome: CommitOutcome) => CommitOutcome | Promise<CommitOutcome>;

function withOutcomes(store: Store, judge: Judge): Store {
  return {
    ...store,
    commit: async (items) => {
      const outcomes = await store.commit(items);
      return Promise.all(items.map((item, index) => judge(item, outcomes[index] as CommitOutcome)));
    },
  };
}

/** The calls are told that it failed, and are forgotten. */
function fail({ writes }: CommitItem, { forsake }: StoreContext): CommitOutcome {
  for (const { key } of writes) forsake(key);
  return { outcome: 'conflict' };
}

function succeed({ checks }: CommitItem): CommitOutcome {
  return { outcome: 'applied', version: (checks[0]?.version ?? 0n) + 1n };
}

async function commitOneByOne(
  store: Store,
  { checks, writes }: CommitItem,
): Promise<CommitOutcome> {
  let last: CommitOutcome = { outcome: 'conflict' };
  for (const write of [...writes].reverse()) {
    const own = checks.filter(({ key }) => key === write.key);
    [last = last] = await store.commit([{ checks: own, writes: [write] }]);
    if (last.outcome !== 'applied') return last;
  }
  return last;
}
