import { expect, test } from 'vitest';
import * as light from '../signers.ts';
import * as keystore from './keystore.ts';
import * as ledger from './ledger.ts';
import * as mnemonic from './mnemonic.ts';
import * as remote from './remote.ts';
import * as wallet from './wallet.ts';

test('default: the public surface of each subpath', () => {
  expect(Object.keys(light)).toEqual(['privateKeySigner']);
  expect(Object.keys(mnemonic)).toEqual(['mnemonicSigner']);
  expect(Object.keys(keystore).sort()).toEqual([
    ...['decryptKeystore', 'encryptKeystore', 'getKeystoreAddress', 'keystoreSigner'],
  ]);
  expect(Object.keys(ledger)).toEqual(['ledgerSigner']);
  expect(Object.keys(wallet).sort()).toEqual([
    ...['connectWallet', 'discoverWallets', 'switchWalletChain'],
  ]);
  expect(Object.keys(remote)).toEqual(['remoteSigner']);
});
