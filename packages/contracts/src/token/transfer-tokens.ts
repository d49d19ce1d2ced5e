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

/** How much goes to whom. */
export interface TransferTokensOptions extends TransactionOptions {
  readonly token: Address;
  readonly recipient: Address;
  /** Cogs. */
  readonly amount: bigint;
}

/**
 * Sends tokens of the signer to somebody (`transfer` of the token, not of the escrow).
 *
 * @throws BaseError as {@link sendContractTransaction}
 */
export function transferTokens(
  client: ChainClient,
  signer: Signer,
  { token, recipient, amount, ...options }: TransferTokensOptions,
): Promise<TransactionResult> {
  return sendContractTransaction(client, signer, {
    address: token,
    call: tokenContract.write('transfer', [recipient, amount]),
    ...pickTransactionOptions(options),
  });
}
