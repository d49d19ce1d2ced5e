import { HDKey } from '@scure/bip32';
import { mnemonicToSeedSync, validateMnemonic } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { BaseError } from '@snetkit/core';
import { type AccountPath, parseAccountPath } from './derivation-path.ts';
import { localSigner } from './local-signer.ts';
import type { Signer } from './signer.ts';

/** Options of {@link mnemonicSigner}. */
export interface MnemonicSignerOptions extends AccountPath {
  /** 12, 15, 18, 21 or 24 words of the English list (BIP-39); kept nowhere, never shown. */
  readonly mnemonic: string;
  /** The additional secret of BIP-39 ("25th word"); empty when not given. */
  readonly passphrase?: string | undefined;
}

/**
 * A signer with an account of a mnemonic (BIP-39, BIP-32, BIP-44): `m/44'/60'/0'/0/<index>` unless a
 * path is given. Only the key of that account stays in memory.
 *
 * @throws BaseError `MNEMONIC_INVALID`, which never shows a word; `DERIVATION_PATH_INVALID`
 *
 * @example
 * ```ts
 * const account = mnemonicSigner({ mnemonic, index: 2 });
 * ```
 */
export function mnemonicSigner(options: MnemonicSignerOptions): Signer {
  const { passphrase = '', index, path } = options;
  const steps = parseAccountPath({ index, path });
  const mnemonic = parseMnemonic(options.mnemonic);
  const seed = mnemonicToSeedSync(mnemonic, passphrase);
  let node = HDKey.fromMasterSeed(seed);
  seed.fill(0);
  for (const step of steps) {
    const child = node.deriveChild(step);
    node.wipePrivateData();
    node = child;
  }
  const key = Uint8Array.from(node.privateKey ?? []);
  node.wipePrivateData();
  return localSigner(key);
}

function parseMnemonic(text: string): string {
  const words = text.normalize('NFKD').trim().toLowerCase().split(/\s+/);
  if (![12, 15, 18, 21, 24].includes(words.length) || text.trim() === '') {
    throw new BaseError('MNEMONIC_INVALID', 'The mnemonic has a wrong number of words.', {
      expected: '12, 15, 18, 21 or 24 words',
      found: `${text.trim() === '' ? 0 : words.length} words`,
    });
  }
  const unknown = words.findIndex((word) => !wordlist.includes(word));
  if (unknown >= 0) {
    throw new BaseError('MNEMONIC_INVALID', 'A word of the mnemonic is not in the list.', {
      expected: 'words of the English list of BIP-39',
      found: `another one at position ${unknown + 1}`,
    });
  }
  const mnemonic = words.join(' ');
  if (validateMnemonic(mnemonic, wordlist)) return mnemonic;
  throw new BaseError('MNEMONIC_INVALID', 'The checksum of the mnemonic is wrong.', {
    hint: 'compare every word and their order with the source',
  });
}
