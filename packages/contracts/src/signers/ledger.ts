// A subpath of its own: who has no device need not load what speaks with one.
export { type LedgerSignerOptions, ledgerSigner } from './ledger/ledger-signer.ts';
export type { LedgerTransport } from './ledger/ledger-transport.ts';
