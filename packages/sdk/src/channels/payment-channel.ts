import type { Channel } from '@snetkit/contracts';

/**
 * A payment channel as the chain has it now, and what this machine has signed on it (seed 004,
 * PaymentChannel). Amounts in cogs.
 */
export interface PaymentChannel extends Channel {
  /** Highest amount signed; undefined when this machine's ledger does not know the channel. */
  readonly signed: bigint | undefined;
  /** What can still be signed; the whole value when the ledger does not know the channel. */
  readonly unspent: bigint;
}
