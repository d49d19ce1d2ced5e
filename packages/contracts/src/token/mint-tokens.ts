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

/** How much is made for whom. */
export interface MintTokensOptions extends TransactionOptions {
  readonly token: Address;
  readonly recipient: Address;
  /** Cogs. */
  readonly amount: bigint;
}

/**
 * Makes new tokens; only accounts with the minter role may (`mint`).
 *
 * @throws BaseError as {@link sendContractTransaction}
 */
export function mintTokens(
  client: ChainClient,
  signer: Signer,
  { token, recipient, amount, ...options }: MintTokensOptions,
): Promise<TransactionResult> {
  return sendContractTransaction(client, signer, {
    address: token,
    call: tokenContract.write('mint', [recipient, amount]),
    ...pickTransactionOptions(options),
  });
}
