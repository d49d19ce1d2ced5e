import type { Address } from '@snetkit/core';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import type { Signer } from '../signers/signer.ts';
import type { TransactionOptions, TransactionResult } from '../transactions/transaction-options.ts';
import { approve } from './approve.ts';
import { getAllowance } from './get-allowance.ts';

/** What is about to be spent. */
export interface ApproveMissingOptions extends TransactionOptions {
  readonly token: Address;
  /** The escrow contract, usually. */
  readonly spender: Address;
  /** Cogs that `spender` is going to take. */
  readonly amount: bigint;
}

/**
 * Makes sure that `spender` may take exactly `amount` cogs: nothing is sent when it may already, and
 * nothing is left over afterwards that it could take later.
 *
 * @throws BaseError as {@link approve}
 */
export async function approveMissing(
  client: ChainClient,
  signer: Signer,
  options: ApproveMissingOptions,
): Promise<TransactionResult | undefined> {
  const { token, spender, amount, signal } = options;
  const owner = signer.address;
  const allowance = await getAllowance(client, { token, owner, spender, signal });
  return allowance >= amount ? undefined : approve(client, signer, options);
}
