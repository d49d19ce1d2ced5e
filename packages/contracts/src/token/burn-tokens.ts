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

/** How much is destroyed. */
export interface BurnTokensOptions extends TransactionOptions {
  readonly token: Address;
  /** Cogs. */
  readonly amount: bigint;
}

/**
 * Destroys tokens of the signer for good (`burn`).
 *
 * @throws BaseError as {@link sendContractTransaction}
 */
export function burnTokens(
  client: ChainClient,
  signer: Signer,
  { token, amount, ...options }: BurnTokensOptions,
): Promise<TransactionResult> {
  return sendContractTransaction(client, signer, {
    address: token,
    call: tokenContract.write('burn', [amount]),
    ...pickTransactionOptions(options),
  });
}
