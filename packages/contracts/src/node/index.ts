export { loadNetworks } from './load-networks.ts';
export { type FileJournalOptions, openFileJournal } from './open-file-journal.ts';
export type { OpenLedgerTransport } from './signers/create-hid-transport.ts';
export { createTlsFetch, type TlsFetchOptions } from './signers/create-tls-fetch.ts';
export {
  type KeystoreFileSignerOptions,
  keystoreFileSigner,
} from './signers/keystore-file-signer.ts';
export { nativeScrypt } from './signers/native-scrypt.ts';
export { type OpenLedgerOptions, openLedger } from './signers/open-ledger.ts';
export { readKeystoreFile } from './signers/read-keystore-file.ts';
export { writeKeystoreFile } from './signers/write-keystore-file.ts';
