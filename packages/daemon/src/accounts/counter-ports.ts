import type { LedgerRules } from '../ledger/rules.ts';
import type { Store } from '../store/store.ts';
import type { AccountCounters, Timers } from './account-ports.ts';
import type { Ownership } from './ownership.ts';

/** What the counters of a replica stand on. */
export interface CounterPorts {
  readonly store: Store;
  readonly ownership: Ownership;
  readonly timers: Timers;
  readonly counters: AccountCounters;
  readonly rules: Pick<LedgerRules, 'changeCounter' | 'hasApplied'>;
  /** Number of the next write, growing within an owner. */
  nextWrite(): bigint;
}
