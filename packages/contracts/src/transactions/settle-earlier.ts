import type { Address } from '@snetkit/core';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import type { Signer } from '../signers/signer.ts';
import { hasJournal, withJournal } from './journal/with-journal.ts';
import { resumeTransactions } from './resume-transactions.ts';
import type { TransactionOptions } from './transaction-options.ts';

/** Which transactions. */
export interface SettleEarlierOptions extends TransactionOptions {
  /** Contract. */
  readonly to: Address;
  /** Contract and function: `MultiPartyEscrow.deposit`. */
  readonly purposes: readonly string[];
}

/**
 * Waits for transactions of the account that an earlier process, or call, has left: who computes what
 * is missing must not count it twice.
 *
 * @throws BaseError `TRANSACTION_TIMED_OUT`, `JOURNAL_...`, `RPC_...`, `ABORTED`
 */
export async function settleEarlier(
  client: ChainClient,
  signer: Signer,
  { to, purposes, ...options }: SettleEarlierOptions,
): Promise<void> {
  if (!hasJournal(client, options.journal)) return;
  await withJournal(client, options.journal, async (journal) => {
    const settled = await resumeTransactions(client, {
      ...{ ...options, journal, signer, address: signer.address },
      filter: (record) =>
        record.to.toLowerCase() === to.toLowerCase() && purposes.includes(record.purpose),
    });
    for (const { error } of settled) if (error) throw error;
  });
}
