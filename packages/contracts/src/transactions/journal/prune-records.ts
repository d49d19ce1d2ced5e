import type { ChainAccount } from './journal-record.ts';
import { isAbandoned } from './list-records.ts';
import type { TransactionJournal } from './transaction-journal.ts';

/** How long it is remembered how a transaction ended: milliseconds. */
const memoryMs = 30 * 24 * 3_600_000;

/** How many ended transactions of an account are remembered. */
const memorySize = 1_000;

/**
 * Forgets transactions that ended long ago, and those that a wallet was asked for by a process that has
 * ended; what is under way is kept for ever.
 */
export async function pruneRecords(
  journal: TransactionJournal,
  account: ChainAccount,
): Promise<void> {
  const records = await journal.list(account);
  const ended = records
    .filter(({ end }) => end !== undefined)
    .toSorted((one, other) => other.startedAt - one.startedAt);
  const oldest = Date.now() - memoryMs;
  for (const record of records) {
    const { versions, isKeyed, id } = record;
    if (versions.length > 0 || isKeyed || !isAbandoned(journal, record)) continue;
    await journal.update(account, id, () => ({ record: null, result: undefined }));
  }
  for (const [i, { id, startedAt }] of ended.entries()) {
    if (i < memorySize && startedAt >= oldest) continue;
    await journal.update(account, id, () => ({ record: null, result: undefined }));
  }
}
