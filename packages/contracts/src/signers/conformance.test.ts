import { inspect } from 'node:util';
import { type Anvil, startAnvil } from '@snetkit/anvil';
import { bytesToHex, recoverSigner } from '@snetkit/core';
import { hashTypedData as hashWithViem } from 'viem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLedgerDevice } from '../../test/signers/ledger-device.ts';
import { connectLedger } from '../../test/signers/ledger-transport.ts';
import {
  address,
  chainId,
  claims,
  mail,
  mnemonic,
  permit,
  privateKey,
  transactions,
} from '../../test/signers/samples.ts';
import { createTestWallet } from '../../test/signers/wallet.ts';
import { nativeScrypt } from '../node/index.ts';
import { hashTypedData } from './hash-typed-data.ts';
import { encryptKeystore, keystoreSigner } from './keystore.ts';
import { ledgerSigner } from './ledger.ts';
import { mnemonicSigner } from './mnemonic.ts';
import { privateKeySigner } from './private-key-signer.ts';
import { remoteSigner } from './remote.ts';
import type { Signer } from './signer.ts';
import { connectWallet } from './wallet.ts';

const password = 'correct horse battery staple';
const token = 'secret-bearer-token';

/** A real node that has the key; it stands behind the remote signer and the wallet. */
let chain: Anvil;
beforeAll(async () => {
  chain = await startAnvil({ chainId });
});
afterAll(() => chain.stop());

const signers: Readonly<Record<string, () => Promise<Signer>>> = {
  'private key': async () => privateKeySigner(privateKey),
  mnemonic: async () => mnemonicSigner({ mnemonic }),
  keystore: async () => {
    const keystore = await encryptKeystore({ privateKey, password, n: 2 });
    return keystoreSigner({ keystore, password, scrypt: nativeScrypt });
  },
  Ledger: () => ledgerSigner({ transport: connectLedger(createLedgerDevice()) }),
  wallet: () => connectWallet({ provider: createWallet().provider }),
  'remote signer': () =>
    remoteSigner({
      ...{ url: chain.rpcUrl, token, address },
      typedDataMethod: 'eth_signTypedData_v4',
    }),
};

const createWallet = () => createTestWallet({ rpcUrl: chain.rpcUrl, accounts: [address], chainId });

describe.each(Object.entries(signers))('%s', (_, create) => {
  let signer: Signer;
  beforeAll(async () => {
    signer = await create();
  });

  test('default: the address', () => {
    expect(signer.address).toBe(address);
  });

  test.each(claims)('default: $name', async ({ packed, signature }) => {
    const found = await signer.signMessage(packed);
    expect(bytesToHex(found)).toBe(signature);
    expect(recoverSigner({ message: packed, signature: found })).toBe(address);
  });

  test.each(transactions)('default: a transaction, $name', async ({ asked, raw }) => {
    expect(await signer.signTransaction(asked)).toBe(raw);
  });

  test('default: a long transaction of either kind', async () => {
    for (const { asked } of transactions) {
      const long = { ...asked, data: `0x${'5a'.repeat(1000)}` } as const;
      const expected = await privateKeySigner(privateKey).signTransaction(long);
      expect(await signer.signTransaction(long)).toBe(expected);
    }
  });

  test('default: structured data', async () => {
    const expected = await privateKeySigner(privateKey).signTypedData(permit);
    expect(bytesToHex(await signer.signTypedData(permit))).toBe(bytesToHex(expected));
  });

  test('behavior: nothing shows a secret', () => {
    const shown = [
      inspect(signer, { depth: 9, showHidden: true }),
      JSON.stringify(signer),
      `${signer}`,
      ...Reflect.ownKeys(signer).map((name) => String(Reflect.get(signer, name))),
    ].join(' ');
    expect(shown).toContain(address);
    const secrets = [privateKey.slice(2, 20), 'junk', password, token, chain.rpcUrl];
    for (const secret of secrets) expect(shown.toLowerCase()).not.toContain(secret);
    expect(Object.isFrozen(signer)).toBe(true);
  });
});

test('default: the example of EIP-712, as it is published', async () => {
  const cow = privateKeySigner(
    '0xc85ef7d79691fe79573b1a7064c19c1a9819ebdbd1faaab1a8ec92344438aaf4',
  );
  expect(bytesToHex(await hashTypedData(mail))).toBe(
    '0xbe609aee343fb3c4b28e1df9e632fca64fcfaede20f02e86244efddf30957bd2',
  );
  expect(bytesToHex(await cow.signTypedData(mail))).toBe(
    '0x4355c47d63924e8a72e509b65029052eb6c299d53a04e167c5775fd466751c9d07299936d304c153f6443dfa05f40ff007d72911b6f72307f996231605b915621c',
  );
  expect(bytesToHex(await hashTypedData(permit))).toBe(
    hashWithViem(permit as Parameters<typeof hashWithViem>[0]),
  );
});
