import type { Hex } from '@snetkit/core';
import type { RequestOptions } from '../rpc/send-request.ts';
import type { FeeKind } from './get-fees.ts';
import type { TransactionReceipt } from './receipt.ts';

/** What every function that sends a transaction takes besides its own options. */
export interface TransactionOptions extends RequestOptions {
  /** Milliseconds to wait until it is mined; 180,000 when not given. */
  readonly timeoutMs?: number | undefined;
  /** `eip1559` when not given; `legacy` is the gas price rule of the official SDKs. */
  readonly fees?: FeeKind | undefined;
  /** Told the hash as soon as the transaction has been handed to the chain. */
  readonly onSent?: ((hash: Hex) => void) | undefined;
}

/** A transaction that was mined and succeeded. */
export interface TransactionResult {
  readonly hash: Hex;
  readonly receipt: TransactionReceipt;
}

/** Takes the options of {@link TransactionOptions} out of those of a function. */
export function pickTransactionOptions(options: TransactionOptions): TransactionOptions {
  const { signal, timeoutMs, fees, onSent } = options;
  return { signal, timeoutMs, fees, onSent };
}
