import {
  createChainClient,
  createMemoryJournal,
  depositAndOpenChannel,
  getBlockNumber,
  privateKeySigner,
} from '@snetkit/contracts';
import { bytesToHex, parseGroupId } from '@snetkit/core';
import type { Devnet } from '@snetkit/devnet';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPayingClient, startNetwork } from './paying-client.ts';

let devnet: Devnet;

beforeAll(async () => {
  devnet = await startNetwork();
});

afterAll(() => devnet?.stop());

test('behavior: a channel that an earlier program was opening is waited for, and none is opened beside it', async () => {
  const { rpcUrl, contracts, accounts, paymentExpirationThreshold: threshold } = devnet;
  const journal = createMemoryJournal();
  const chain = createChainClient({ rpcUrl, journal: () => journal });
  const signer = privateKeySigner(accounts.client.privateKey);
  const ask = (method: string, ...params: unknown[]) =>
    chain.request({ method, params } as Parameters<typeof chain.request>[0]);
  // The approval is mined, what opens the channel is not, and its program gives up.
  const common = { mpe: contracts.mpe, token: contracts.token, signer: signer.address };
  const opening = depositAndOpenChannel(chain, signer, {
    ...common,
    recipient: accounts.provider.address,
    groupId: bytesToHex(parseGroupId(devnet.groupId)),
    amount: devnet.price * 50n,
    expiration: (await getBlockNumber(chain)) + threshold + 1_000n,
    timeoutMs: 1_500,
    onSent(_hash, { purpose }) {
      if (purpose === 'Token.approve') void ask('evm_setAutomine', false);
    },
  });
  await expect(opening).rejects.toMatchObject({ code: 'TRANSACTION_TIMED_OUT' });
  await ask('evm_setAutomine', true);
  const client = await createPayingClient(devnet, { journal, funding: { callsAhead: 5n } });
  const called = client.call('Detect', { text: 'guten tag' });
  await ask('evm_mine');
  await called;
  expect(client.funded).toEqual([]);
  await client.close();
});

test('error: no money is locked for a daemon that is not there', async () => {
  const account = devnet.accounts.secondClient;
  const endpoint = 'http://127.0.0.1:1';
  const client = await createPayingClient(devnet, { account, endpoint });
  await expect(client.call('Detect', { text: 'guten tag' })).rejects.toThrow(/ECONNREFUSED/);
  expect(client.funded).toEqual([]);
});
