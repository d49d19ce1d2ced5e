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

/** How much goes from whom to whom. */
export interface TransferTokensFromOptions extends TransactionOptions {
  readonly token: Address;
  /** Has allowed the signer to take so much. */
  readonly owner: Address;
  readonly recipient: Address;
  /** Cogs. */
  readonly amount: bigint;
}

/**
 * Sends tokens of somebody who has allowed the signer to take them (`transferFrom`).
 *
 * @throws BaseError as {@link sendContractTransaction}
 */
export function transferTokensFrom(
  client: ChainClient,
  signer: Signer,
  { token, owner, recipient, amount, ...options }: TransferTokensFromOptions,
): Promise<TransactionResult> {
  return sendContractTransaction(client, signer, {
    address: token,
    call: tokenContract.write('transferFrom', [owner, recipient, amount]),
    ...pickTransactionOptions(options),
  });
}
