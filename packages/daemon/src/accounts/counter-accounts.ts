import { type LedgerRules, ledgerRules } from '../ledger/rules.ts';
import type { Store } from '../store/store.ts';
import type { AccountCounters, Timers } from './account-ports.ts';
import { CounterAccount } from './counter-account.ts';
import type { CounterPorts } from './counter-ports.ts';
import type { Ownership } from './ownership.ts';
import { type CounterSnapshot, readCounter } from './read-counter.ts';

/** After so long without a call, a counter may leave memory: 5 s. */
const idleMs = 5_000;
/** Counters kept in memory; one that is not used costs a store read when it comes back. */
const maxAccounts = 100_000;

/** The counters of one replica: prepaid channels and free callers, by key (see counter-key.ts). */
export interface CounterAccounts {
  /** The account of a key; made when it is met first. */
  get(key: string): CounterAccount;
  /**
   * The stored record, read now: what others must be told is never a cache.
   *
   * @throws BaseError when the store cannot be read
   */
  read(key: string): Promise<CounterSnapshot>;
  /** Waits for what is being written. Calls must be over. */
  close(): Promise<void>;
}

/** What {@link openCounterAccounts} needs. */
export interface CounterAccountsOptions {
  readonly store: Store;
  readonly ownership: Ownership;
  readonly timers: Timers;
  readonly counters: AccountCounters;
  /** The ledger's own unless given. */
  readonly rules?: LedgerRules;
}

/** Starts with an empty memory: nothing has to be recovered. */
export function openCounterAccounts(options: CounterAccountsOptions): CounterAccounts {
  const { ownership, timers } = options;
  const accounts = new Map<string, CounterAccount>();
  let writes = 0n;
  let isClosed = false;
  const ports: CounterPorts = {
    rules: ledgerRules,
    ...options,
    nextWrite: () => {
      writes += 1n;
      return writes;
    },
  };
  ownership.onLost(() => {
    for (const account of accounts.values()) account.forsake();
  });
  scheduleSweep();

  function scheduleSweep(): void {
    timers.after(idleMs, () => {
      if (isClosed) return;
      sweep();
      scheduleSweep();
    });
  }

  function sweep(): void {
    if (accounts.size <= maxAccounts) return;
    const now = timers.now();
    for (const [key, account] of accounts) {
      if (account.isIdle && now - account.lastUsed >= idleMs) accounts.delete(key);
    }
  }

  return {
    get(key) {
      let account = accounts.get(key);
      if (account === undefined) {
        account = new CounterAccount(key, ports);
        accounts.set(key, account);
      }
      // The sweep must not drop it before its caller begins.
      account.lastUsed = timers.now();
      return account;
    },
    read: (key) => readCounter(ports, key),
    async close() {
      isClosed = true;
      const settled = Promise.all([...accounts.values()].map((account) => account.settleNow()));
      await Promise.race([settled, new Promise<void>((resolve) => timers.after(idleMs, resolve))]);
    },
  };
}
