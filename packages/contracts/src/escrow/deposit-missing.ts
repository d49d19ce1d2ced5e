import type { Address } from '@snetkit/core';
import { multiPartyEscrow } from '../gen/multi-party-escrow.ts';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import type { Signer } from '../signers/signer.ts';
import { settleEarlier } from '../transactions/settle-earlier.ts';
import {
  pickEarlierOptions,
  type TransactionOptions,
} from '../transactions/transaction-options.ts';
import { type DepositResult, deposit } from './deposit.ts';
import { getEscrowBalance } from './get-escrow-balance.ts';

/** What is about to be taken from the escrow balance. */
export interface DepositMissingOptions extends TransactionOptions {
  readonly mpe: Address;
  /** Token of the escrow; without it nothing is deposited. */
  readonly token?: Address | undefined;
  /** Cogs. */
  readonly amount: bigint;
}

/**
 * Makes sure that the signer has `amount` cogs in the escrow: deposits what is missing, no more.
 * Inside this package only.
 *
 * @throws BaseError as {@link deposit}
 */
export async function depositMissing(
  client: ChainClient,
  signer: Signer,
  { mpe, token, amount, ...options }: DepositMissingOptions,
): Promise<DepositResult | undefined> {
  if (token === undefined) return undefined;
  const { signal } = options;
  const common = pickEarlierOptions(options);
  const purposes = [`${multiPartyEscrow.contractName}.deposit`];
  await settleEarlier(client, signer, { to: mpe, purposes, ...common });
  const balance = await getEscrowBalance(client, { mpe, account: signer.address, signal });
  if (balance >= amount) return undefined;
  return deposit(client, signer, { mpe, token, amount: amount - balance, ...common });
}
