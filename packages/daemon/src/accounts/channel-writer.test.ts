import { expect, test } from 'vitest';
import {
  openTestAccounts,
  payTo,
  readStoredRecord,
  staying,
  testChannel,
} from '../../test/accounts/open-account.ts';
import { decodeClaimRecord, encodeClaimRecord } from '../ledger/record-codec.ts';
import { createMemoryStore } from '../store/memory-store.ts';
import { createClaims } from './claims.ts';

/** A channel with 100 cogs signed under nonce 0, whose nonce then moves outside the daemon. */
async function openMovedChannel() {
  const store = createMemoryStore('test');
  let channel = testChannel;
  const chain = { peek: () => channel, read: async () => channel };
  const accounts = await openTestAccounts({ store, chain });
  const account = accounts.get(7n);
  const serve = async (...payment: Parameters<typeof payTo>) => {
    const call = await account.begin(payTo(...payment), staying());
    await account.commit(call);
    account.handOver(call, { streaming: false });
    await account.settleNow();
  };
  const move = (nonce: bigint) => {
    channel = { ...testChannel, nonce };
  };
  await serve(100n, { price: 100n });
  move(1n);
  const claims = createClaims({
    ...{ store, chain, accounts },
    recipient: channel.recipient,
    groupId: channel.groupId,
    latestBlock: () => 10n,
    readNonceAt: async () => channel.nonce,
    findClaimedAmount: async () => 0n,
  });
  return { store, serve, move, claims };
}

test('behavior: what an old nonce had signed is not lost when its claim is taken back by the chain', async () => {
  const { store, serve, move, claims } = await openMovedChannel();
  await serve(1n, { nonce: 1n });
  expect(await claims.listInProgress()).toEqual([]);

  move(0n);
  await serve(2n, { nonce: 1n });
  await expect(serve(101n)).rejects.toThrow(
    /^incorrect payment channel nonce, latest: 1, sent: 0$/,
  );
  // The channel has a million, and 100 of them are claimed.
  await expect(serve(999_901n, { nonce: 1n, price: 999_899n })).rejects.toThrow(
    /^not enough tokens on payment channel, channel amount: 999900, payment amount: 999901$/,
  );
  await expect(claims.start(7n)).rejects.toThrow(
    /^another transaction on channel: \{ID: 7\} is in progress$/,
  );
  expect(await claims.listInProgress()).toMatchObject([
    { channelId: 7n, nonce: 0n, amount: 100n, actual: 100n, signature: payTo(100n).signature },
  ]);

  move(1n);
  expect(await claims.start(7n)).toMatchObject({ nonce: 1n, amount: 2n, actual: 2n });
  expect(await readStoredRecord(store)).toMatchObject({ nonce: 2n, credit: 0n });
});

test('behavior: a claim that is there already stays as it is', async () => {
  const { store, serve } = await openMovedChannel();
  const own = {
    ...{ channelId: 7n, nonce: 0n, amount: 60n, actual: 50n, startedBlock: 3n },
    signature: new Uint8Array([1]),
  };
  const key = 'claim/7/0';
  await store.commit([{ checks: [], writes: [{ key, value: encodeClaimRecord(own) }] }]);
  await serve(1n, { nonce: 1n });
  const stored = await store.get(key);
  expect(decodeClaimRecord(stored?.value ?? new Uint8Array(), key)).toEqual(own);
});
