import {
  createChainClient,
  deposit,
  getBlockNumber,
  openChannel,
  privateKeySigner,
} from '@snetkit/contracts';
import { bytesToHex, type Hex, parseGroupId } from '@snetkit/core';
import type { Devnet } from '@snetkit/devnet';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startNetwork } from '../../test/paying-client.ts';
import { createMemoryLedger } from '../ledger/memory-ledger.ts';
import { findOwnChannels } from './find-own-channels.ts';
import type { PaymentGroup } from './payment-group.ts';

let devnet: Devnet;
beforeAll(async () => {
  devnet = await startNetwork();
});
afterAll(() => devnet?.stop());

test('default: what was searched once is not searched again', async () => {
  const { rpcUrl, contracts, accounts } = devnet;
  const { mpe, token } = contracts;
  const requests: string[] = [];
  const client = createChainClient({ rpcUrl, onRequest: (methods) => requests.push(...methods) });
  const signer = privateKeySigner(accounts.client.privateKey);
  const groupId = bytesToHex(parseGroupId(devnet.groupId));
  const recipient = accounts.provider.address;
  const open = async (options: { groupId?: Hex; signer?: Hex } = {}) => {
    const terms = { recipient, groupId, amount: 1n, expiration: 10n ** 6n, ...options };
    return (await openChannel(client, signer, { mpe, ...terms })).channelId;
  };
  await deposit(client, signer, { mpe, token, amount: 10n });
  const first = await open();
  await open({ groupId: `0x${'cd'.repeat(32)}` });
  const { searches } = createMemoryLedger();
  const group: PaymentGroup = {
    ...{ chainId: devnet.chainId, mpe, recipient, groupId, expirationThreshold: 1n },
    token: { address: token, symbol: 'FET', decimals: 18 },
    deploymentBlock: 0n,
  };
  const find = async () => {
    const before = requests.length;
    const { address } = signer;
    const found = await findOwnChannels(client, group, {
      sender: address,
      signer: address,
      searches,
    });
    return { ids: found.map(({ id }) => id), asked: requests.slice(before) };
  };
  expect(await find()).toEqual({
    ids: [first],
    asked: ['eth_getBlockByNumber', 'eth_getLogs', 'eth_call'],
  });

  // A channel for which somebody else signs is a channel of the sender all the same.
  const second = await open({ signer: recipient });
  const head = await getBlockNumber(client);
  const later = await find();
  expect(later.ids).toEqual([first, second]);
  const filter = [signer.address, recipient, groupId].join('/').toLowerCase();
  const kept = await searches?.get({ chainId: devnet.chainId, mpe, filter });
  expect(kept).toMatchObject({ channelIds: [first, second], head: { blockNumber: head } });
  expect(later.asked.filter((method) => method === 'eth_getLogs')).toHaveLength(1);
});
