import type { Store } from '../store/store.ts';
import { createHistogram, type Histogram, observe } from './metrics/histogram.ts';

/** What is counted about writes to the store. */
export interface CommitCounters {
  /** Items by how they ended: `applied`, `conflict`, `unknown`. */
  readonly outcomes: Record<'applied' | 'conflict' | 'unknown', number>;
  /** Per commit, until all of its items were known. */
  readonly latency: Histogram;
}

/** Counters at zero. */
export function createCommitCounters(): CommitCounters {
  return { outcomes: { applied: 0, conflict: 0, unknown: 0 }, latency: createHistogram() };
}

/** Counts each commit of a store where it leaves; returns the same store. */
export function countCommits<T extends Store>(store: T, counters: CommitCounters): T {
  const send = store.commit.bind(store);
  const commit: Store['commit'] = async (items) => {
    const startedAt = performance.now();
    try {
      const outcomes = await send(items);
      for (const { outcome } of outcomes) counters.outcomes[outcome] += 1;
      return outcomes;
    } catch (cause) {
      counters.outcomes.unknown += items.length;
      throw cause;
    } finally {
      observe(counters.latency, performance.now() - startedAt);
    }
  };
  // In place: the store is known by its identity elsewhere.
  return Object.assign(store, { commit });
}
