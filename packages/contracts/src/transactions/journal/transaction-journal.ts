import type { Address } from '@snetkit/core';
import type { JournalRecord } from './journal-record.ts';

/** Whose transactions. */
export interface JournalAccount {
  readonly chainId: number;
  readonly address: Address;
}

/** One change of a record, and what its maker wants to know of it. */
export interface JournalChange<T> {
  /** Left out: the record stays as it is; `null`: it is removed. */
  readonly record?: JournalRecord | null;
  readonly result: T;
}

/** How long the lock of an account is waited for. */
export interface JournalLockOptions {
  /** Milliseconds. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Keeps what accounts have under way: signed transactions are written here before they are sent.
 * Several processes may share one.
 */
export interface TransactionJournal {
  /** This process, among those that share the journal. */
  readonly holder: string;
  /** Whether a process that once shared the journal still runs. */
  isHolderAlive(holder: string): boolean;
  /**
   * Does work while nobody else who shares the journal chooses nonces of the account.
   *
   * @throws BaseError `TIMED_OUT`, `ABORTED`, `JOURNAL_UNAVAILABLE`
   */
  lock<T>(account: JournalAccount, options: JournalLockOptions, work: () => Promise<T>): Promise<T>;
  /**
   * Changes one record; exclusive, and durable when it resolves.
   *
   * @throws BaseError `JOURNAL_UNAVAILABLE`, `JOURNAL_INVALID`
   */
  update<T>(
    account: JournalAccount,
    id: string,
    change: (record: JournalRecord | undefined) => JournalChange<T>,
  ): Promise<T>;
  get(account: JournalAccount, id: string): Promise<JournalRecord | undefined>;
  /** All records of an account, ended ones too. */
  list(account: JournalAccount): Promise<readonly JournalRecord[]>;
  close(): Promise<void>;
}
