import { loadSignerDrivers } from '#signer-drivers';

/** Names of what signers with a key in memory run on. */
export interface SignerDriverNames {
  /** `secp256k1-native`, or `portable`, which is 20 times slower: around 1 ms for each payment. */
  readonly signing: string;
  /** `hash-wasm` or `portable`. */
  readonly keccak: string;
  /** Why signing is portable where a faster driver was looked for. */
  readonly whyPortable?: string;
}

/**
 * Tells what private keys, mnemonics and keystores sign with on this machine. Both kinds of drivers give
 * the same signatures.
 *
 * @example
 * ```ts
 * const { signing, whyPortable } = await getSignerDrivers(); // secp256k1-native
 * ```
 */
export async function getSignerDrivers(): Promise<SignerDriverNames> {
  const { signing, keccakName, whyPortable } = await loadSignerDrivers();
  const names = { signing: signing.name, keccak: keccakName };
  return whyPortable === undefined ? names : { ...names, whyPortable };
}
