export type { OpenLedgerTransport } from './signers/create-hid-transport.ts';
export { type FileJournalOptions, openFileJournal } from './open-file-journal.ts';
