import type { Address, Hex } from '@snetkit/core';
import type { Fees } from '../fees/fees.ts';

/** An account on a chain. */
export interface ChainAccount {
  readonly chainId: number;
  /**
   * Hash of block 0: local chains share their chain id, and begin anew. `0x` when the endpoint does
   * not tell it.
   */
  readonly genesis: Hex;
  readonly address: Address;
}

/** One signed form of a transaction. All forms have one nonce, so that at most one is mined. */
export interface TransactionVersion {
  readonly hash: Hex;
  /** Signed bytes; undefined when another program (a wallet) sent it. */
  readonly raw: Hex | undefined;
  /** A `cancel` is an empty transfer to oneself. */
  readonly kind: 'original' | 'speed-up' | 'cancel';
  readonly fees: Fees;
  /** Milliseconds since 1970. */
  readonly signedAt: number;
}

/** How a transaction ended. */
export interface TransactionEnd {
  /** `superseded`: a transaction with another purpose took the nonce. */
  readonly kind: 'mined' | 'cancelled' | 'superseded';
  /** Of the transaction that was mined with the nonce. */
  readonly hash: Hex;
}

/** One thing that an account wants from the chain. */
export interface JournalRecord extends ChainAccount {
  /** Random. */
  readonly id: string;
  /** What is wanted: given by the caller, or derived from what is called. */
  readonly key: string;
  /** The caller gave the key: how it ended is remembered. */
  readonly isKeyed: boolean;
  /** Contract and function: `MultiPartyEscrow.deposit`. */
  readonly purpose: string;
  readonly to: Address;
  /** Wei. */
  readonly value: bigint;
  readonly data: Hex;
  readonly gas: bigint;
  /** Undefined until it is known which one a wallet chose. */
  readonly nonce: number | undefined;
  /** Who waits for it, among those that share the journal; undefined when nobody does. */
  readonly holder: string | undefined;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** In the order of signing; none while a wallet asks its owner. */
  readonly versions: readonly TransactionVersion[];
  readonly end: TransactionEnd | undefined;
}
