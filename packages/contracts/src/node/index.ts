export { type FileJournalOptions, openFileJournal } from './open-file-journal.ts';
