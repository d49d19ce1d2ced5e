import type { TransactionResult } from '../transactions/transaction-options.ts';
import type { DepositResult } from './deposit.ts';

/** A transaction that put money into a channel, and the deposit that it needed. */
export interface FundedResult extends TransactionResult {
  /** Undefined when the escrow balance was enough. */
  readonly deposit: DepositResult | undefined;
}
