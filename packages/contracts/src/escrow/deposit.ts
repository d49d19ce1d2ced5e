import type { Address } from '@snetkit/core';
import { multiPartyEscrow } from '../gen/multi-party-escrow.ts';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import type { Signer } from '../signers/signer.ts';
import { approveMissing } from '../token/approve-missing.ts';
import { inTurn } from '../transactions/in-turn.ts';
import { sendContractTransaction } from '../transactions/send-contract-transaction.ts';
import {
  pickTransactionOptions,
  type TransactionOptions,
  type TransactionResult,
} from '../transactions/transaction-options.ts';

/** How much goes into which escrow. */
export interface DepositOptions extends TransactionOptions {
  readonly mpe: Address;
  /** Token of the escrow; it is asked to allow the deposit. */
  readonly token: Address;
  /** Cogs. */
  readonly amount: bigint;
}

/** A deposit, and the approval that it needed. */
export interface DepositResult extends TransactionResult {
  /** Undefined when the escrow was allowed to take the tokens already, or when an earlier call asked. */
  readonly approval: TransactionResult | undefined;
}

/**
 * Moves tokens of the signer into the escrow (`deposit`), after an approval of exactly that amount
 * when one is needed.
 *
 * @throws BaseError as {@link sendContractTransaction}
 */
export async function deposit(
  client: ChainClient,
  signer: Signer,
  { mpe, token, amount, ...options }: DepositOptions,
): Promise<DepositResult> {
  const common = pickTransactionOptions(options);
  const name = `allowance of ${signer.address} for ${mpe} in ${token}`;
  return inTurn(client, { name, ...common }, async () => {
    let approval: TransactionResult | undefined;
    const result = await sendContractTransaction(client, signer, {
      ...{ address: mpe, call: multiPartyEscrow.write('deposit', [amount]), ...common },
      async prepare() {
        approval = await approveMissing(client, signer, { token, spender: mpe, amount, ...common });
      },
    });
    return { ...result, approval };
  });
}
