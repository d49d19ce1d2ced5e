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

/** Who may spend how much more. */
export interface IncreaseAllowanceOptions extends TransactionOptions {
  readonly token: Address;
  /** The escrow contract, usually. */
  readonly spender: Address;
  /** Cogs that are added to what was allowed before. */
  readonly amount: bigint;
}

/**
 * Lets `spender` take more tokens of the signer than before (`increaseAllowance`).
 *
 * @throws BaseError as {@link sendContractTransaction}
 */
export function increaseAllowance(
  client: ChainClient,
  signer: Signer,
  { token, spender, amount, ...options }: IncreaseAllowanceOptions,
): Promise<TransactionResult> {
  return sendContractTransaction(client, signer, {
    address: token,
    call: tokenContract.write('increaseAllowance', [spender, amount]),
    ...pickTransactionOptions(options),
  });
}
