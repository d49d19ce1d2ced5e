export { type FileLedgerOptions, openFileLedger } from './file-ledger.ts';
export { getStateDirectory } from './state-directory.ts';
