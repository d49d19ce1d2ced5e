import type { Address, Hex } from '@snetkit/core';

/** The stretch `(from, to]` of a channel's line of amounts, in cogs. */
export interface AmountInterval {
  readonly from: bigint;
  readonly to: bigint;
}

/** An amount that was signed for one call whose end is not known yet. */
export interface PendingPayment {
  /** Cumulative amount in cogs. */
  readonly amount: bigint;
  /** Cogs. */
  readonly price: bigint;
  /** Process that makes the call. */
  readonly holder: string;
  /** Names the call within its holder. */
  readonly call: string;
  /** The call is over, and whether it was charged is not known. */
  readonly inDoubt: boolean;
}

/**
 * What the client knows of one of its channels: kept durably, trusted only as far as the chain and
 * the client's own signatures confirm it (design.md, "The paying side"). Amounts in cogs.
 */
export interface LedgerRecord {
  readonly channelId: bigint;
  readonly sender: Address;
  readonly signer: Address;
  readonly recipient: Address;
  readonly groupId: Hex;
  /** Nonce to sign with: the daemon's, which is one ahead of the chain's while a claim is in progress. */
  readonly nonce: bigint;
  /** Funds of the channel on the chain. */
  readonly value: bigint;
  /** Block number. */
  readonly expiration: bigint;
  /** What a claim in progress takes from `value`. */
  readonly claimed: bigint;
  /** Highest amount signed at this nonce. */
  readonly signed: bigint;
  /** Signed before and known not to be charged: to be used again. Disjoint, ascending, below `signed`. */
  readonly free: readonly AmountInterval[];
  readonly pending: readonly PendingPayment[];
  /** Served since the daemon was last asked: an answer that is older does not know of it. */
  readonly charged: readonly AmountInterval[];
  /** Calls that the daemon lets run at once on the channel: 1 with an official daemon. */
  readonly maxInFlight: number;
  /** The daemon's state was looked at since the record was made. */
  readonly synchronised: boolean;
}

/** Cogs that can still be signed. */
export function getUnspent(record: LedgerRecord): bigint {
  const free = record.free.reduce((sum, { from, to }) => sum + (to - from), 0n);
  return record.value - record.claimed - record.signed + free;
}
