import type { ChainAccount, JournalRecord } from './journal-record.ts';
import type { TransactionJournal } from './transaction-journal.ts';

/** The records of an account on this very chain, not on another one with the same id. */
export async function listRecords(
  journal: TransactionJournal,
  account: ChainAccount,
): Promise<readonly JournalRecord[]> {
  const records = await journal.list(account);
  return records
    .filter(
      ({ genesis }) => [genesis, account.genesis].includes('0x') || genesis === account.genesis,
    )
    .toSorted((one, other) => one.startedAt - other.startedAt);
}

/** Whether nobody waits for a transaction any more: its process ended, or its caller gave up. */
export function isAbandoned(journal: TransactionJournal, { holder }: JournalRecord): boolean {
  return holder === undefined || !journal.isHolderAlive(holder);
}
