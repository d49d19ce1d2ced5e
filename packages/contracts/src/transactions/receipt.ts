import type { Address, Hex } from '@snetkit/core';
import type { RawLog } from '../events/raw-log.ts';

/** What became of a mined transaction. */
export interface TransactionReceipt {
  readonly transactionHash: Hex;
  readonly blockNumber: bigint;
  readonly blockHash: Hex;
  /** Whether it did what it should; a failed one costs gas and changes nothing else. */
  readonly status: 'success' | 'reverted';
  readonly from: Address;
  readonly gasUsed: bigint;
  /** Wei for each unit of gas. */
  readonly effectiveGasPrice: bigint;
  readonly logs: readonly RawLog[];
}
