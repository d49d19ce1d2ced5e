import type { Address } from '@snetkit/core';
import { token as tokenContract } from '../gen/token.ts';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import type { Signer } from '../signers/signer.ts';
import { sendContractTransaction } from '../transactions/send-contract-transaction.ts';
import {
  pickTransactionOptions,
  type TransactionOptions,
  type TransactionResult,
} from '../transactions/transaction-options.ts';

/** How much of whose is destroyed. */
export interface BurnTokensFromOptions extends TransactionOptions {
  readonly token: Address;
  /** Has allowed the signer to take so much. */
  readonly owner: Address;
  /** Cogs. */
  readonly amount: bigint;
}

/**
 * Destroys tokens of somebody who has allowed the signer to take them (`burnFrom`).
 *
 * @throws BaseError as {@link sendContractTransaction}
 */
export function burnTokensFrom(
  client: ChainClient,
  signer: Signer,
  { token, owner, amount, ...options }: BurnTokensFromOptions,
): Promise<TransactionResult> {
  return sendContractTransaction(client, signer, {
    address: token,
    call: tokenContract.write('burnFrom', [owner, amount]),
    ...pickTransactionOptions(options),
  });
}
