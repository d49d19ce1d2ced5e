import { randomBytes } from 'node:crypto';
import {
  type HashSigning,
  type Keccak256,
  keccak256 as portableKeccak,
  portableRecovery,
  portableSigning,
  type SignatureRecovery,
} from '@snetkit/core';
import { loadBinding } from './load-binding.ts';
import { loadKeccak } from './load-keccak.ts';
import { nativeRecovery } from './native-recovery.ts';
import { nativeSigning } from './native-signing.ts';
import { passesSelfTest } from './passes-self-test.ts';
import type { Secp256k1 } from './secp256k1.ts';

/** The drivers that run on this machine. */
export interface CryptoDrivers {
  /** Its `name` is `secp256k1-native`, or `portable`, which is 20 times slower. */
  readonly recovery: SignatureRecovery;
  /** Its `name` is that of `recovery`. */
  readonly signing: HashSigning;
  readonly keccak: Keccak256;
  /** `hash-wasm` or `portable`. */
  readonly keccakName: string;
  /** Why `recovery` and `signing` are portable; undefined when they are not. */
  readonly whyPortable?: string;
}

/** Options of {@link loadCrypto}; for tests. */
export interface LoadCryptoOptions {
  readonly loadKeccak?: () => Promise<Keccak256 | undefined>;
  readonly loadBinding?: () => Secp256k1 | undefined;
}

/**
 * The fastest drivers that really run here and give right answers, which is tried now. Whoever uses them
 * tells their names: a portable one signs or verifies some hundred payments in a second.
 */
export async function loadCrypto(options: LoadCryptoOptions = {}): Promise<CryptoDrivers> {
  const wasm = await (options.loadKeccak ?? loadKeccak)();
  const keccak = wasm ?? portableKeccak;
  const keccakName = wasm === undefined ? 'portable' : 'hash-wasm';
  const signers = openSigners((options.loadBinding ?? loadBinding)(), keccak);
  return { keccak, keccakName, ...signers };
}

function openSigners(
  binding: Secp256k1 | undefined,
  keccak: Keccak256,
): Pick<CryptoDrivers, 'recovery' | 'signing' | 'whyPortable'> {
  const portable = { recovery: portableRecovery, signing: portableSigning };
  if (binding === undefined) {
    const whyPortable = `secp256k1 has no binary that loads on ${process.platform}-${process.arch}`;
    return { ...portable, whyPortable };
  }
  const native = { recovery: nativeRecovery(binding, keccak), signing: nativeSigning(binding) };
  if (!blind(binding) || !passesSelfTest(native.signing, native.recovery)) {
    return { ...portable, whyPortable: 'the binary of secp256k1 gives wrong answers' };
  }
  return native;
}

/** Hides keys from whoever measures how long signing takes; the signatures stay the same. */
function blind(binding: Secp256k1): boolean {
  try {
    binding.contextRandomize(randomBytes(32));
    return true;
  } catch {
    return false;
  }
}
