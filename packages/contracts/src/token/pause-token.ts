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
export interface PauseTokenOptions extends TransactionOptions {
  readonly token: Address;
}

/**
 * Stops all transfers of a token; only accounts with the pauser role may (`pause`).
 *
 * @throws BaseError as {@link sendContractTransaction}
 */
export function pauseToken(
  client: ChainClient,
  signer: Signer,
  { token, ...options }: PauseTokenOptions,
): Promise<TransactionResult> {
  return sendContractTransaction(client, signer, {
    address: token,
    call: tokenContract.write('pause', []),
    ...pickTransactionOptions(options),
  });
}
