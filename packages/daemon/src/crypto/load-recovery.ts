import {
  type Keccak256,
  keccak256 as portableKeccak,
  portableRecovery,
  type SignatureRecovery,
} from '@snetkit/core';
import { loadNativeRecovery } from './native-recovery.ts';
import { loadWasmKeccak } from './wasm-keccak.ts';

/** The drivers that run on this machine. */
export interface LoadedRecovery {
  /** Its `name` is `secp256k1-native`, or `portable`, which is 20 times slower. */
  readonly recovery: SignatureRecovery;
  readonly keccak: Keccak256;
  /** `hash-wasm` or `portable`. */
  readonly keccakName: string;
}

/** Options of {@link loadRecovery}; for tests. */
export interface LoadRecoveryOptions {
  readonly loadKeccak?: () => Promise<Keccak256 | undefined>;
  readonly loadNative?: (keccak: Keccak256) => SignatureRecovery | undefined;
}

/**
 * The fastest drivers that really run here. Whoever starts a daemon tells their names, in the log
 * and in health: a portable one verifies some hundred payments in a second.
 */
export async function loadRecovery(options: LoadRecoveryOptions = {}): Promise<LoadedRecovery> {
  const { loadKeccak = loadWasmKeccak, loadNative = loadNativeRecovery } = options;
  const wasm = await loadKeccak();
  const keccak = wasm ?? portableKeccak;
  return {
    recovery: loadNative(keccak) ?? portableRecovery,
    keccak,
    keccakName: wasm === undefined ? 'portable' : 'hash-wasm',
  };
}
