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

/** Who may spend how much. */
export interface ApproveOptions extends TransactionOptions {
  readonly token: Address;
  /** The escrow contract, usually. */
  readonly spender: Address;
  /** Cogs; replaces what was allowed before. */
  readonly amount: bigint;
}

/**
 * Lets `spender` take tokens of the signer (`approve`).
 *
 * @throws BaseError as {@link sendContractTransaction}
 */
export function approve(
  client: ChainClient,
  signer: Signer,
  { token, spender, amount, ...options }: ApproveOptions,
): Promise<TransactionResult> {
  return sendContractTransaction(client, signer, {
    address: token,
    call: tokenContract.write('approve', [spender, amount]),
    ...pickTransactionOptions(options),
  });
}
