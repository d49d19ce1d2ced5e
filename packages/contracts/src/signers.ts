// A subpath of its own: who only signs payments need not load viem.
export { privateKeySigner } from './signers/private-key-signer.ts';
export type {
  Eip1559Transaction,
  LegacyTransaction,
  Signer,
  SignOptions,
  TransactionDraft,
  TypedData,
  UnsignedTransaction,
} from './signers/signer.ts';
