// A subpath of its own: the word list is long.
export type { AccountPath } from './derivation-path.ts';
export { type MnemonicSignerOptions, mnemonicSigner } from './mnemonic-signer.ts';
