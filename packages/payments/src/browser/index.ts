export { type DelegateSignerOptions, openDelegateSigner } from './delegate-signer.ts';
export { type IndexedDbLedgerOptions, openIndexedDbLedger } from './indexed-db-ledger.ts';
