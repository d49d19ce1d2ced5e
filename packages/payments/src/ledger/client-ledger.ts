import type { DiscoveryCursor } from '@snetkit/contracts';
import type { Address } from '@snetkit/core';
import type { LedgerRecord } from './ledger-record.ts';

/** Names a channel among all networks. */
export interface ChannelKey {
  readonly chainId: number;
  readonly mpe: Address;
  readonly channelId: bigint;
}

/** One change of a record, and what its maker wants to know of it. */
export interface LedgerChange<T> {
  /** Left out: the record stays as it is. */
  readonly record?: LedgerRecord;
  readonly result: T;
}

/** A search for channels of one's own: the escrow, and what was searched for. */
export interface SearchKey extends Omit<ChannelKey, 'channelId'> {
  /** Sender, recipient and group. */
  readonly filter: string;
}

/** Keeps how far searches for channels have come, so that no block is searched twice. */
export interface SearchStore {
  /** Undefined when nothing is kept, or what is kept cannot be read. */
  get(key: SearchKey): Promise<DiscoveryCursor | undefined>;
  set(key: SearchKey, cursor: DiscoveryCursor): Promise<void>;
}

/**
 * Where the client keeps what it has signed. Several processes may share one; each update is
 * exclusive among them and durable when it resolves.
 */
export interface ClientLedger {
  /** This process, among those that share the ledger. */
  readonly holder: string;
  /** Whether a process that once shared the ledger still runs. */
  isHolderAlive(holder: string): boolean;
  /** @throws BaseError LEDGER_UNAVAILABLE, LEDGER_INVALID */
  update<T>(
    key: ChannelKey,
    change: (record: LedgerRecord | undefined) => LedgerChange<T>,
  ): Promise<T>;
  get(key: ChannelKey): Promise<LedgerRecord | undefined>;
  /** All channels of one escrow. */
  list(escrow: Omit<ChannelKey, 'channelId'>): Promise<readonly LedgerRecord[]>;
  /** A ledger that has none lets every search begin with the first block. */
  readonly searches?: SearchStore | undefined;
  close(): Promise<void>;
}
