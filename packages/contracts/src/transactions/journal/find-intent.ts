import { BaseError } from '@snetkit/core';
import { claimRecord } from './claim-record.ts';
import { type Intent, isSameCall } from './intent.ts';
import type { ChainAccount, JournalRecord } from './journal-record.ts';
import { isAbandoned, listRecords } from './list-records.ts';
import type { TransactionJournal } from './transaction-journal.ts';

/**
 * The transaction that already serves an intent, if there is one: of the same key, when the caller
 * gave it; otherwise one with the same content that nobody waits for any more. Two callers that want
 * the same at the same time, without keys, want it twice.
 *
 * @throws BaseError `TRANSACTION_KEY_REUSED`, `TRANSACTION_OUTCOME_UNKNOWN`, `JOURNAL_...`
 */
export async function findIntent(
  journal: TransactionJournal,
  { account, intent }: { readonly account: ChainAccount; readonly intent: Intent },
): Promise<JournalRecord | undefined> {
  const records = (await listRecords(journal, account)).filter(
    ({ key, isKeyed }) => key === intent.key && isKeyed === intent.isKeyed,
  );
  for (const record of records) {
    if (intent.isKeyed) checkKeyed(journal, { record, intent });
    // A wallet was asked and nobody knows what it did; its owner will be asked again.
    else if (record.end !== undefined || record.versions.length === 0) continue;
    if (await claimRecord(journal, record)) return record;
    if (intent.isKeyed) return record;
  }
  return undefined;
}

function checkKeyed(
  journal: TransactionJournal,
  { record, intent }: { record: JournalRecord; intent: Intent },
): void {
  if (!isSameCall(record, intent)) {
    throw new BaseError('TRANSACTION_KEY_REUSED', 'The key was given before, for another call.', {
      place: `key ${intent.key}`,
      found: `${intent.purpose}, and ${record.purpose} before`,
    });
  }
  if (record.versions.length > 0 || !isAbandoned(journal, record)) return;
  const message = 'It is not known whether the wallet sent the transaction.';
  throw new BaseError('TRANSACTION_OUTCOME_UNKNOWN', message, {
    place: `key ${intent.key}`,
    hint: 'look into the wallet; give another key to send it again',
  });
}
