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

/** How much comes out of which escrow. */
export interface WithdrawOptions extends TransactionOptions {
  readonly mpe: Address;
  /** Cogs. */
  readonly amount: bigint;
}

/**
 * Takes tokens of the signer out of the escrow (`withdraw`); what is in channels stays there.
 *
 * @throws BaseError as {@link sendContractTransaction}
 */
export function withdraw(
  client: ChainClient,
  signer: Signer,
  { mpe, amount, ...options }: WithdrawOptions,
): Promise<TransactionResult> {
  return sendContractTransaction(client, signer, {
    address: mpe,
    call: multiPartyEscrow.write('withdraw', [amount]),
    ...pickTransactionOptions(options),
  });
}
