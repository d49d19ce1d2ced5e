import type { Address } from '@snetkit/core';
import { multiPartyEscrow } from '../gen/multi-party-escrow.ts';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import type { Signer } from '../signers/signer.ts';
import { sendContractTransaction } from '../transactions/send-contract-transaction.ts';
import {
  pickTransactionOptions,
  type TransactionOptions,
  type TransactionResult,
} from '../transactions/transaction-options.ts';

/** How much goes to whom. */
export interface TransferEscrowBalanceOptions extends TransactionOptions {
  readonly mpe: Address;
  readonly recipient: Address;
  /** Cogs. */
  readonly amount: bigint;
}

/**
 * Moves tokens from the escrow balance of the signer to that of somebody else, without taking them
 * out of the escrow (`transfer` of the escrow, not of the token).
 *
 * @throws BaseError as {@link sendContractTransaction}
 */
export function transferEscrowBalance(
  client: ChainClient,
  signer: Signer,
  { mpe, recipient, amount, ...options }: TransferEscrowBalanceOptions,
): Promise<TransactionResult> {
  return sendContractTransaction(client, signer, {
    address: mpe,
    call: multiPartyEscrow.write('transfer', [recipient, amount]),
    ...pickTransactionOptions(options),
  });
}
