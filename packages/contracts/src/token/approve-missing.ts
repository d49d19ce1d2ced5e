import type { Address } from '@snetkit/core';
import { token as tokenContract } from '../gen/token.ts';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import type { Signer } from '../signers/signer.ts';
import { settleEarlier } from '../transactions/settle-earlier.ts';
import {
  pickEarlierOptions,
  type TransactionOptions,
  type TransactionResult,
} from '../transactions/transaction-options.ts';
import { approve } from './approve.ts';
import { getAllowance } from './get-allowance.ts';
import { increaseAllowance } from './increase-allowance.ts';

/** What is about to be spent. */
export interface ApproveMissingOptions extends TransactionOptions {
  readonly token: Address;
  /** The escrow contract, usually. */
  readonly spender: Address;
  /** Cogs that `spender` is going to take. */
  readonly amount: bigint;
}

const purposes = ['approve', 'increaseAllowance', 'decreaseAllowance'].map(
  (name) => `${tokenContract.contractName}.${name}`,
);

/**
 * Makes sure that `spender` may take exactly `amount` cogs: nothing is sent when it may already, and
 * nothing is left over afterwards that it could take later. What it may take already is increased,
 * not set anew, because it could take the old amount and the new one.
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
  const common = pickEarlierOptions(options);
  await settleEarlier(client, signer, { to: token, purposes, ...common });
  const allowance = await getAllowance(client, { token, owner, spender, signal });
  if (allowance >= amount) return undefined;
  const wanted = { token, spender, ...common };
  return allowance === 0n
    ? approve(client, signer, { ...wanted, amount })
    : increaseAllowance(client, signer, { ...wanted, amount: amount - allowance });
}
