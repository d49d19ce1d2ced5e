export { type CryptoDrivers, loadCrypto } from './load-crypto.ts';
