export {
  type KeystoreFileSignerOptions,
  keystoreFileSigner,
} from './signers/keystore-file-signer.ts';
export { nativeScrypt } from './signers/native-scrypt.ts';
export { readKeystoreFile } from './signers/read-keystore-file.ts';
export { writeKeystoreFile } from './signers/write-keystore-file.ts';
