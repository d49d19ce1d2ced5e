import type { BlockClock } from '../chain/chain-view.ts';
import type { GroupWatch } from '../group/group-watch.ts';

/**
 * What keeps a daemon from serving as it should, though its service is alive. `stopped`: an operator
 * stopped the group. `chain`: the latest block is too old for new channels and signed requests. `store`:
 * no payment can be kept.
 */
export type Obstacle = 'stopped' | 'chain' | 'store';

/** Tells what stands in the way now. */
export interface Readiness {
  /** Empty when nothing does. */
  obstacles(): readonly Obstacle[];
  /** In words, for people. */
  describe(): readonly string[];
  /** Calls back when it may have changed; returns how to stop that. */
  subscribe(listener: () => void): () => void;
}

/** A daemon without chain and store: nothing stands in the way. */
export const alwaysReady: Readiness = {
  obstacles: () => [],
  describe: () => [],
  subscribe: () => () => {},
};

/** The readiness of a replica of a group. */
export function createReadiness(parts: {
  watch: GroupWatch;
  clock: Pick<BlockClock, 'current'>;
}): Readiness {
  const { watch, clock } = parts;

  function obstacles(): readonly Obstacle[] {
    const found: Obstacle[] = [];
    if (watch.state.control.isStopped) found.push('stopped');
    if (!hasBlock(clock)) found.push('chain');
    if (!watch.isStoreReachable) found.push('store');
    return found;
  }

  function describe(): readonly string[] {
    const { operator, switchedAt } = watch.state.control;
    const since = new Date(switchedAt * 1_000).toISOString();
    const words: Readonly<Record<Obstacle, string>> = {
      stopped: `the group was stopped by ${operator} at ${since}`,
      chain: 'the node of the chain has told of no block for too long',
      store: 'the store of the group does not answer',
    };
    return obstacles().map((obstacle) => words[obstacle]);
  }

  return { obstacles, describe, subscribe: (listener) => watch.subscribe(listener) };
}

function hasBlock(clock: Pick<BlockClock, 'current'>): boolean {
  try {
    clock.current();
    return true;
  } catch {
    return false;
  }
}
