import type { Address, Hex } from '@snetkit/core';
import type { RequestOptions } from '../rpc/send-request.ts';
import type { FeeKind, FeePolicy } from './fees/fee-policy.ts';
import type { ReplacementPolicy } from './fees/replacement-policy.ts';
import type { TransactionVersion } from './journal/journal-record.ts';
import type { TransactionJournal } from './journal/transaction-journal.ts';
import type { TransactionReceipt } from './receipt.ts';

/** Which transaction a report is about. */
export interface TransactionReport {
  /** Contract and function: `MultiPartyEscrow.deposit`. */
  readonly purpose: string;
  readonly address: Address;
  /** Undefined when a wallet chose it and has not told it yet. */
  readonly nonce: number | undefined;
  /** Whether it had been signed before this call, which only waits for it. */
  readonly isResumed: boolean;
}

/** What is told while a transaction is under way. Nothing may be thrown here. */
export interface TransactionHooks {
  /** Told the hash as soon as the transaction has been handed to the chain. */
  readonly onSent?: ((hash: Hex, report: TransactionReport) => void) | undefined;
  /** Another version of the transaction, with the same nonce, has been handed to the chain. */
  readonly onReplaced?:
    | ((version: TransactionVersion, report: TransactionReport) => void)
    | undefined;
  /** The transaction is mined, with as many confirmations as wanted, whether it succeeded or not. */
  readonly onMined?: ((receipt: TransactionReceipt, report: TransactionReport) => void) | undefined;
}

/** What every function that sends a transaction takes besides its own options. */
export interface TransactionOptions extends RequestOptions, TransactionHooks {
  /** Milliseconds to wait until it is mined; 180,000 when not given. */
  readonly timeoutMs?: number | undefined;
  /**
   * How gas is paid, and limits for it. `eip1559` when not given; `legacy` is the gas price rule of the
   * official SDKs.
   */
  readonly fees?: FeeKind | FeePolicy | undefined;
  /** Blocks that hold or follow it before it counts as mined; 1 when not given. */
  readonly confirmations?: number | undefined;
  /** When it is sent again with higher fees, unasked; `never` leaves it as it is. */
  readonly replacement?: ReplacementPolicy | 'never' | undefined;
  /** Where it is written before it is sent; that of the client when not given, or one in memory. */
  readonly journal?: TransactionJournal | undefined;
  /**
   * Names what is wanted: with the same key, nothing is ever sent twice. Without a key, a call takes up
   * the transaction of an equal one that nobody waits for any more.
   */
  readonly key?: string | undefined;
}

/** A transaction that was mined and succeeded. */
export interface TransactionResult {
  readonly hash: Hex;
  readonly receipt: TransactionReceipt;
  /** Whether it had been signed before this call, which only waited for it. */
  readonly isResumed: boolean;
}

/** Takes the options of {@link TransactionOptions} out of those of a function. */
export function pickTransactionOptions(options: TransactionOptions): TransactionOptions {
  const { signal, timeoutMs, fees, confirmations, replacement, journal, key } = options;
  const { onSent, onReplaced, onMined } = options;
  return {
    ...{ signal, timeoutMs, fees, confirmations, replacement, journal, key },
    ...{ onSent, onReplaced, onMined },
  };
}

/**
 * The options for a transaction that has to come first. It has no key: what is on the chain already
 * says whether it is still needed.
 */
export function pickEarlierOptions(options: TransactionOptions): TransactionOptions {
  return { ...pickTransactionOptions(options), key: undefined };
}
