import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { failure } from '../../test/failure.ts';
import { vectors } from '../../test/vectors.ts';
import { mnemonicSigner } from './mnemonic-signer.ts';

const { phrase: mnemonic, addresses } = vectors.accounts.mnemonic;

describe('mnemonicSigner', () => {
  test.each(addresses)('default: account $index', ({ index, path, address }) => {
    expect(mnemonicSigner({ mnemonic, index }).address).toBe(address);
    expect(mnemonicSigner({ mnemonic, path }).address).toBe(address);
  });

  test('default: the first account', () => {
    expect(mnemonicSigner({ mnemonic }).address).toBe(addresses[0]?.address);
  });

  test('behavior: spaces, lines and letters of any case', () => {
    const typed = `  ${mnemonic.replaceAll(' ', ' \n\t').toUpperCase()} `;
    expect(mnemonicSigner({ mnemonic: typed }).address).toBe(addresses[0]?.address);
  });

  test('args: path with the index in the middle', () => {
    const path = "m/44'/60'/{index}'/0/0";
    const address = (index: number) => mnemonicSigner({ mnemonic, path, index }).address;
    expect(address(0)).toBe(addresses[0]?.address);
    expect(address(1)).not.toBe(addresses[1]?.address);
    expect(address(1)).toBe(mnemonicSigner({ mnemonic, path: 'm/44h/60h/1h/0/0' }).address);
  });

  test('args: passphrase', () => {
    // Trezor's first vector of BIP-39: the seed of these words is published with this passphrase.
    const words = 'abandon '.repeat(11).concat('about');
    const signer = mnemonicSigner({ mnemonic: words, passphrase: 'TREZOR' });
    expect(signer.address).not.toBe(mnemonicSigner({ mnemonic: words }).address);
    expect(mnemonicSigner({ mnemonic: words }).address).toBe(
      '0x9858EfFD232B4033E47d90003D41EC34EcaEda94',
    );
  });

  const words = mnemonic.split(' ');
  const wrong: readonly [string, string, string][] = [
    ['nothing', ' ', 'Found: 0 words'],
    ['a word too few', words.slice(1).join(' '), 'Found: 11 words'],
    ['a private key', `0x${'ab'.repeat(32)}`, 'Found: 1 words'],
    ['an unknown word', mnemonic.replace('junk', 'qwerty'), 'Found: another one at position 12'],
    [
      'a wrong checksum',
      mnemonic.replace('junk', 'test'),
      'The checksum of the mnemonic is wrong.',
    ],
  ];
  test.each(wrong)('error: %s', async (_, text, message) => {
    const error = await failure(Promise.resolve().then(() => mnemonicSigner({ mnemonic: text })));
    expect(error.code).toBe('MNEMONIC_INVALID');
    expect(error.message).toContain(message);
    const shown = `${error.message} ${JSON.stringify(error)}`;
    for (const secret of ['test', 'junk', 'qwerty', 'abab']) expect(shown).not.toContain(secret);
  });

  test.each([
    ["44'/60'", { path: "44'/60'" }],
    ["m/44'/x", { path: "m/44'/x" }],
    ['m', { path: 'm' }],
    ['m/2147483648', { path: 'm/2147483648' }],
    [`m${'/1'.repeat(11)}`, { path: `m${'/1'.repeat(11)}` }],
    ['48 characters', { path: 'test test test test test test test test test jnk' }],
  ])('error: the path %s', async (found, options) => {
    const error = await failure(
      Promise.resolve().then(() => mnemonicSigner({ mnemonic, ...options })),
    );
    expect(error.message).toBe(`The derivation path cannot be used.
Expected: a path such as m/44'/60'/0'/0/{index}
Found: ${found}`);
  });

  test.each([-1, 1.5, 2 ** 31, Number.NaN])('error: the index %s', async (index) => {
    const error = await failure(Promise.resolve().then(() => mnemonicSigner({ mnemonic, index })));
    expect(error.message).toBe(`The index of the account cannot be used.
Expected: an integer from 0 to 2147483647
Found: ${index}`);
  });

  test('behavior: nothing shows the words', () => {
    const shown = inspect(mnemonicSigner({ mnemonic }), { depth: 9, showHidden: true });
    expect(shown).not.toContain('junk');
  });
});
