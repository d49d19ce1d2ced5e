import { expect, test } from 'vitest';
import { openTestAccounts, payTo, staying, testChannel } from '../../test/accounts/open-account.ts';
import { emptyRecord } from '../ledger/record.ts';
import { encodeChannelRecord } from '../ledger/record-codec.ts';
import { createMemoryStore } from '../store/memory-store.ts';
import { createClaims } from './claims.ts';

/** A channel with 5 cogs signed, of which a claim under an earlier nonce took `credit` already. */
async function openClaims(credit: bigint) {
  const store = createMemoryStore('test');
  const { recipient, groupId } = testChannel;
  const chain = { peek: () => testChannel, read: async () => testChannel };
  const record = { ...emptyRecord(7n, 0n), settledAmount: 5n, credit };
  const value = encodeChannelRecord({ ...record, settledSignature: new Uint8Array(65).fill(1) });
  await store.commit([{ checks: [], writes: [{ key: 'channel/7', value }] }]);
  const accounts = await openTestAccounts({ store, chain });
  const claims = createClaims({
    ...{ store, chain, accounts, recipient, groupId },
    latestBlock: () => 10n,
    readNonceAt: async () => testChannel.nonce,
    findClaimedAmount: async () => 0n,
  });
  return { accounts, claims };
}

const nothing = /^authorized amount is zero , hence nothing to claim on the channel Id: 7$/;

test('default: what was taken too much is taken off', async () => {
  const { claims } = await openClaims(4n);
  expect(await claims.listUnclaimed()).toMatchObject([{ channelId: 7n, amount: 5n, actual: 1n }]);
  expect(await claims.start(7n)).toMatchObject({ amount: 5n, actual: 1n });
});

test.each([5n, 10n])(
  'error: nothing is claimed, and nothing listed, while a credit of %s covers all',
  async (credit) => {
    const { accounts, claims } = await openClaims(credit);
    expect(await claims.listUnclaimed()).toEqual([]);
    await expect(claims.start(7n)).rejects.toThrow(nothing);
    await expect(claims.startMany([7n])).rejects.toThrow(nothing);
    expect(await claims.listInProgress()).toEqual([]);
    // Calls go on under the same nonce, until something is owed.
    const account = accounts.get(7n);
    for (let amount = 6n; amount <= credit + 1n; amount += 1n) {
      const call = await account.begin(payTo(amount), staying());
      await account.commit(call);
      account.handOver(call, { streaming: false });
    }
    expect(await claims.start(7n)).toMatchObject({ amount: credit + 1n, actual: 1n });
  },
);
