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

/** Which token. */
export interface UnpauseTokenOptions extends TransactionOptions {
  readonly token: Address;
}

/**
 * Lets a paused token be transferred again; only accounts with the pauser role may (`unpause`).
 *
 * @throws BaseError as {@link sendContractTransaction}
 */
export function unpauseToken(
  client: ChainClient,
  signer: Signer,
  { token, ...options }: UnpauseTokenOptions,
): Promise<TransactionResult> {
  return sendContractTransaction(client, signer, {
    address: token,
    call: tokenContract.write('unpause', []),
    ...pickTransactionOptions(options),
  });
}
