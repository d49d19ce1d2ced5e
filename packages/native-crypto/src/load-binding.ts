import { createRequire } from 'node:module';
import type { Secp256k1 } from './secp256k1.ts';

/**
 * The binding of libsecp256k1, or `undefined` where the package has no binary for this machine. The
 * package's own entry would fall back to slow JavaScript without a word: only its binding is loaded.
 */
export function loadBinding(
  load: (id: string) => unknown = createRequire(import.meta.url),
): Secp256k1 | undefined {
  try {
    return load('secp256k1/bindings.js') as Secp256k1;
  } catch {
    return undefined;
  }
}
