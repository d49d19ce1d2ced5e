import type { JournalRecord } from './journal-record.ts';
import { isAbandoned } from './list-records.ts';
import type { TransactionJournal } from './transaction-journal.ts';

/** Makes this process the one that waits for a transaction; false when somebody else does. */
export async function claimRecord(
  journal: TransactionJournal,
  found: JournalRecord,
): Promise<boolean> {
  return journal.update(found, found.id, (record) => {
    if (record === undefined || !isAbandoned(journal, record)) return { result: false };
    return { record: { ...record, holder: journal.holder }, result: true };
  });
}
