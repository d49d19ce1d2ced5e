import type { ChannelAccount } from '../../../src/accounts/channel-account.ts';
import type { Claims, ClaimsOptions } from '../../../src/accounts/claims.ts';
import type { CounterAccount } from '../../../src/accounts/counter-account.ts';
import type { LedgerRules } from '../../../src/ledger/rules.ts';
import type { CommitItem, CommitOutcome, Store } from '../../../src/store/store.ts';

/** What the call path sees of an account. */
export type CallAccount = Pick<
  ChannelAccount,
  'begin' | 'rollback' | 'commit' | 'handOver' | 'settle' | 'takeBack'
>;

/** What the call path sees of a counter. */
export type CallCounter = Pick<
  CounterAccount,
  'begin' | 'rollback' | 'commit' | 'handOver' | 'settle' | 'takeBack'
>;

/** What a wrong way to the store may do beside lying. */
export interface StoreContext {
  /** Ends all calls of this replica that a key is about, without another write. */
  forsake(key: string): void;
}

/** How the store tells what would become of an item, and lets it happen. */
export interface BatchContext {
  wouldConflict(item: CommitItem): boolean;
  apply(item: CommitItem): CommitOutcome;
}

/** The wrong turns of one mutant in one schedule; what is absent is as it should be. */
export interface Plant {
  readonly rules?: Partial<LedgerRules>;
  /** The replicas' way to the store. */
  store?(store: Store, context: StoreContext): Store;
  /** The replicas' accounts, as calls see them. */
  account?(account: CallAccount): CallAccount;
  /** The replicas' counters, as calls see them. */
  counter?(counter: CallCounter): CallCounter;
  claims?(options: ClaimsOptions): Claims;
  /** How the store applies items that share a request. */
  batch?(items: readonly CommitItem[], context: BatchContext): readonly CommitOutcome[];
}

/** A row of ledger.md, section 15: a way to get it wrong, which the simulation must find. */
export interface Mutant {
  readonly name: string;
  /** Scenarios to look for it in, the likeliest first. */
  readonly scenarios: readonly string[];
  /** Made anew for each schedule: it may remember things. */
  plant(): Plant;
}
