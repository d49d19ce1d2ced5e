import { inspect } from 'node:util';
import { approve, getAllowance, privateKeySigner } from '@snetkit/contracts';
import { encryptKeystore } from '@snetkit/contracts/signers/keystore';
import { testMnemonic as mnemonic } from '@snetkit/devnet';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLedgerDevice } from '../../../contracts/test/signers/ledger-device.ts';
import { connectLedger } from '../../../contracts/test/signers/ledger-transport.ts';
import { createTestWallet } from '../../../contracts/test/signers/wallet.ts';
import { catchError } from '../../test/catch-error.ts';
import { startNetwork, type TestNetwork } from '../../test/start-network.ts';
import type { OpenAccountOptions } from './account.ts';

const password = 'a password that nobody may see';

let network: TestNetwork;
beforeAll(async () => {
  network = await startNetwork({ daemonCommand: undefined, service: false });
});
afterAll(() => network?.[Symbol.asyncDispose]());

const kinds: readonly [string, () => Promise<OpenAccountOptions>][] = [
  ['key', async () => ({ privateKey: client().privateKey })],
  ['signer', async () => ({ signer: privateKeySigner(client().privateKey) })],
  ['mnemonic', async () => ({ mnemonic, index: index() })],
  [
    'keystore',
    async () => {
      const { privateKey } = client();
      return { keystore: await encryptKeystore({ privateKey, password, n: 2 }), password };
    },
  ],
  ['ledger', async () => ({ ledger: connectLedger(createLedgerDevice()), index: index() })],
  ['wallet', async () => ({ wallet: createWallet() })],
  ['remote', async () => ({ remoteSigner: network.devnet.rpcUrl, address: client().address })],
];

const client = () => network.devnet.accounts.client;
/** Which of the accounts of the words the client is. */
const index = () => Object.keys(network.devnet.accounts).indexOf('client');

function createWallet() {
  const { rpcUrl, chainId } = network.devnet;
  return createTestWallet({ rpcUrl, chainId, accounts: [client().address] }).provider;
}

test.each(kinds)('default: %s; its transactions are mined', async (type, create) => {
  await using engine = network.createEngine({ accounts: [] });
  const options = await create();
  const account = await engine.openAccount({ ...options, name: 'mine' });
  expect(account).toMatchObject({ name: 'mine', type, address: client().address });
  expect(engine.getAccount()).toBe(account);
  const { tokenAddress: token, multiPartyEscrow: spender } = engine.config.stand;
  const amount = BigInt(kinds.findIndex(([one]) => one === type) + 1);
  await approve(engine.chain, account.signer, { token, spender, amount });
  const owner = account.address;
  expect(await getAllowance(engine.chain, { token, owner, spender })).toBe(amount);
  const shown = inspect(account, { depth: 9, showHidden: true });
  for (const secret of ['junk', password, client().privateKey.slice(2, 20)]) {
    expect(shown).not.toContain(secret);
  }
});

test('error: what the signer says, and a name that is taken', async () => {
  await using engine = network.createEngine({ accounts: [] });
  const wrong = await catchError(() => engine.openAccount({ mnemonic: 'one two three' }));
  expect(wrong.code).toBe('MNEMONIC_INVALID');
  await engine.openAccount({ mnemonic });
  const taken = await catchError(() => engine.openAccount({ mnemonic, index: 1 }));
  expect(taken.code).toBe('ACCOUNT_EXISTS');
});
