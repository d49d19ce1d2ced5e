import { loadCrypto } from '@snetkit/native-crypto';
import type { Check } from './finding.ts';

/** The drivers that recover signers and hash: the portable ones are slow. */
export const checkCrypto: Check = {
  name: 'crypto',
  async run() {
    const { recovery, keccakName, whyPortable } = await loadCrypto();
    const text = `signatures: ${recovery.name}, hashes: ${keccakName}`;
    if (whyPortable === undefined && keccakName !== 'portable') return { status: 'ok', text };
    const why = whyPortable === undefined ? '' : ` (${whyPortable})`;
    return {
      status: 'warn',
      text: `${text}: some hundred payments a second at most${why}`,
      fix: 'Install the package anew on this machine, with its native parts (npm rebuild secp256k1).',
    };
  },
};
