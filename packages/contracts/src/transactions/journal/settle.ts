import type { JournalRecord, TransactionEnd, TransactionVersion } from './journal-record.ts';
import type { TransactionJournal } from './transaction-journal.ts';

/**
 * Notes how a transaction ended. Only what a caller named is remembered, so that the same key never
 * sends again; one that was superseded did nothing and may be sent again.
 */
export async function settle(
  journal: TransactionJournal,
  found: JournalRecord,
  end: TransactionEnd,
): Promise<void> {
  await journal.update(found, found.id, (record) => {
    if (record === undefined) return { result: undefined };
    if (!record.isKeyed || end.kind === 'superseded') return { record: null, result: undefined };
    return { record: { ...record, holder: undefined, end }, result: undefined };
  });
}

/** Nobody waits for it any more; who wants the same takes it up. */
export async function release(journal: TransactionJournal, found: JournalRecord): Promise<void> {
  await journal.update(found, found.id, (record) => {
    if (record === undefined || record.holder !== journal.holder) return { result: undefined };
    return { record: { ...record, holder: undefined }, result: undefined };
  });
}

/** Adds a version, durably; the record as it is then, undefined when it has ended meanwhile. */
export async function addVersion(
  journal: TransactionJournal,
  found: JournalRecord,
  version: TransactionVersion,
): Promise<JournalRecord | undefined> {
  return journal.update(found, found.id, (record) => {
    if (record === undefined || record.end !== undefined) return { result: undefined };
    const next = { ...record, versions: [...record.versions, version] };
    return { record: next, result: next };
  });
}

/** Forgets a version that the chain does not have. */
export async function dropVersion(
  journal: TransactionJournal,
  found: JournalRecord,
  version: TransactionVersion,
): Promise<void> {
  await journal.update(found, found.id, (record) => {
    if (record === undefined) return { result: undefined };
    const versions = record.versions.filter(({ hash }) => hash !== version.hash);
    return { record: { ...record, versions }, result: undefined };
  });
}
