import type { ChainView } from '../chain/chain-view.ts';
import type { LedgerRules } from '../ledger/rules.ts';
import type { Owner, Store } from '../store/store.ts';
import type { SteplessClock } from './stepless-clock.ts';

/** Time and timers, so that a simulation can drive them. */
export interface Timers {
  /** Milliseconds of a clock that never steps. */
  now(): number;
  /** Unix seconds. */
  wallSeconds(): number;
  /** Calls back once after `ms`; returns how to call it off. */
  after(ms: number, callback: () => void): () => void;
}

/** What is counted about the accounts; every number only grows. */
export interface AccountCounters {
  /** Reads of a channel's record or claim. */
  storeReads: number;
  /** Writes that commit at least one call. */
  callCommits: number;
  /** Writes of a replica's own: settling when idle, taking back, fences. */
  otherWrites: number;
  /** Orphans that were too old or too many. */
  droppedOrphans: number;
}

/** What the accounts of a replica stand on. */
export interface AccountPorts {
  readonly store: Store;
  readonly chain: ChainView;
  readonly timers: Timers;
  /** What orphans are dated and aged by. */
  readonly clock: SteplessClock;
  readonly counters: AccountCounters;
  readonly rules: LedgerRules;
  /** The incarnation in whose name this replica acts now. */
  owner(): Owner;
  /** Number of the next call, growing within an owner. */
  nextCall(): bigint;
  /** Whether an owner may still live, from memory alone. */
  isOwnerAlive(owner: string): boolean;
  /** Asks the store about the owners that memory takes for living. */
  probeOwners(owners: Iterable<string>): Promise<void>;
}

/** The timers of the running system. */
export const systemTimers: Timers = {
  now: () => performance.now(),
  wallSeconds: () => Math.floor(Date.now() / 1000),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
