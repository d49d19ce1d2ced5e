import type { Address } from '@snetkit/core';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import type { RequestOptions } from '../rpc/send-request.ts';
import { getChainAccount } from './get-chain-account.ts';
import type { JournalRecord } from './journal/journal-record.ts';
import { isAbandoned, listRecords } from './journal/list-records.ts';
import type { TransactionJournal } from './journal/transaction-journal.ts';

/** Whose transactions. */
export interface ListPendingTransactionsOptions extends RequestOptions {
  readonly journal: TransactionJournal;
  readonly address: Address;
}

/** A transaction that the journal knows as under way. */
export interface PendingTransaction {
  readonly record: JournalRecord;
  /** Whether nobody waits for it: its process has ended, or its caller gave up. */
  readonly isAbandoned: boolean;
}

/**
 * The transactions of an account that are under way as far as the journal knows, oldest first. Some
 * may have been mined: `resumeTransactions` looks.
 *
 * @throws BaseError `JOURNAL_...`, `RPC_...`, `ABORTED`
 */
export async function listPendingTransactions(
  client: ChainClient,
  { journal, address, signal }: ListPendingTransactionsOptions,
): Promise<readonly PendingTransaction[]> {
  const account = await getChainAccount(client, { address, signal });
  const records = await listRecords(journal, account);
  return records
    .filter(({ end }) => end === undefined)
    .map((record) => ({ record, isAbandoned: isAbandoned(journal, record) }));
}
