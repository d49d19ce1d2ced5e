export { getStateDirectory } from '@snetkit/process-lock';
export { type FileLedgerOptions, openFileLedger } from './file-ledger.ts';
