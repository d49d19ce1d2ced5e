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

/** Who may spend how much less. */
export interface DecreaseAllowanceOptions extends TransactionOptions {
  readonly token: Address;
  /** The escrow contract, usually. */
  readonly spender: Address;
  /** Cogs that are taken from what was allowed before; at most that much. */
  readonly amount: bigint;
}

/**
 * Lets `spender` take fewer tokens of the signer than before (`decreaseAllowance`).
 *
 * @throws BaseError as {@link sendContractTransaction}
 */
export function decreaseAllowance(
  client: ChainClient,
  signer: Signer,
  { token, spender, amount, ...options }: DecreaseAllowanceOptions,
): Promise<TransactionResult> {
  return sendContractTransaction(client, signer, {
    address: token,
    call: tokenContract.write('decreaseAllowance', [spender, amount]),
    ...pickTransactionOptions(options),
  });
}
