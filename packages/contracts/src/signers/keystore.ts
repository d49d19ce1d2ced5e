// A subpath of its own: who has no keystore need not load what opens one.
export { type DecryptKeystoreOptions, decryptKeystore } from './keystore/decrypt-keystore.ts';
export type { DeriveKeyOptions } from './keystore/derive-key.ts';
export { type EncryptKeystoreOptions, encryptKeystore } from './keystore/encrypt-keystore.ts';
export { getKeystoreAddress } from './keystore/get-keystore-address.ts';
export type { Keystore } from './keystore/keystore.ts';
export { keystoreSigner } from './keystore/keystore-signer.ts';
export type { KeystoreLimits } from './keystore/parse-keystore.ts';
export type { Scrypt, ScryptOptions } from './keystore/scrypt.ts';
