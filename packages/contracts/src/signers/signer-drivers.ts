import type { HashSigning, Keccak256 } from '@snetkit/core';

/** What signers with a key in memory sign and hash with. */
export interface SignerDrivers {
  /** Its `name` is `secp256k1-native`, or `portable`, which is 20 times slower. */
  readonly signing: HashSigning;
  readonly keccak: Keccak256;
  /** `hash-wasm` or `portable`. */
  readonly keccakName: string;
  /** Why `signing` is portable where a faster one was looked for. */
  readonly whyPortable?: string;
}
