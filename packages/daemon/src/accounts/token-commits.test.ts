import { BaseError } from '@snetkit/core';
import { expect, test } from 'vitest';
import { openTestAccounts, payTo, staying, testChannel } from '../../test/accounts/open-account.ts';
import { openTestCounters } from '../../test/accounts/open-counter.ts';
import type { ChainView } from '../chain/chain-view.ts';
import { decodeClaimRecord } from '../ledger/record-codec.ts';
import { createFaultyStore, type Fault } from '../store/faulty-store.ts';
import { createMemoryStore, createSharedMemory } from '../store/memory-store.ts';
import type { Store } from '../store/store.ts';
import { createTokenCommits } from './token-commits.ts';

const chainAtRest = { peek: () => testChannel, read: async () => testChannel };

async function openReplica(store: Store, chain: ChainView = chainAtRest) {
  const accounts = await openTestAccounts({ store, chain });
  const counters = await openTestCounters(store);
  return { accounts, tokens: createTokenCommits({ store, chain, accounts, counters }) };
}

function signed(amount: bigint, nonce = 0n) {
  return { channelId: 7n, nonce, amount, signature: new Uint8Array([Number(amount)]) };
}

test('default: everything above the top is planned, and calls go on above it', async () => {
  const { accounts, tokens } = await openReplica(createMemoryStore('test'));
  const account = accounts.get(7n);
  const call = await account.begin(payTo(1n), staying());
  await account.commit(call);
  account.handOver(call, { streaming: false });
  expect(await tokens.commit(signed(11n))).toMatchObject({ planned: 10n, used: 0n });
  expect(await tokens.commit(signed(15n))).toMatchObject({ planned: 14n, used: 0n });
  const { record } = await accounts.readRecord(7n);
  expect(record).toMatchObject({ settledAmount: 15n, settledSignature: new Uint8Array([15]) });
  const next = await account.begin(payTo(16n), staying());
  account.rollback(next);
});

test('error: busy while a call is in flight here', async () => {
  const { accounts, tokens } = await openReplica(createMemoryStore('test'));
  const call = await accounts.get(7n).begin(payTo(1n), staying());
  await expect(tokens.commit(signed(11n))).rejects.toThrow(
    /^another transaction on channel: \{ID: 7\} is in progress$/,
  );
  accounts.get(7n).rollback(call);
  expect(await tokens.commit(signed(11n))).toMatchObject({ planned: 11n });
});

test('error: an amount below the top, another nonce, more than the channel has', async () => {
  const { tokens } = await openReplica(createMemoryStore('test'));
  await tokens.commit(signed(11n));
  await expect(tokens.commit(signed(10n))).rejects.toThrow(/^income -1 does not equal to price 0$/);
  await expect(tokens.commit(signed(12n, 3n))).rejects.toThrow(
    /^incorrect payment channel nonce, latest: 0, sent: 3$/,
  );
  await expect(tokens.commit(signed(1_000_001n))).rejects.toThrow(
    /^not enough tokens on payment channel, channel amount: 1000000, payment amount: 1000001$/,
  );
});

test('behavior: what was signed under a nonce that moved outside the daemon is kept as its claim', async () => {
  const store = createMemoryStore('test');
  let channel = testChannel;
  const chain = { peek: () => channel, read: async () => channel };
  const { accounts, tokens } = await openReplica(store, chain);
  await tokens.commit(signed(11n));
  channel = { ...testChannel, nonce: 1n };
  expect(await tokens.commit(signed(5n, 1n))).toMatchObject({ planned: 16n });
  const stored = await store.get('claim/7/0');
  expect(decodeClaimRecord(stored?.value ?? new Uint8Array(), 'claim/7/0')).toMatchObject({
    ...{ nonce: 0n, amount: 11n, actual: 11n, signature: new Uint8Array([11]) },
  });
  const { record } = await accounts.readRecord(7n);
  expect(record).toMatchObject({ nonce: 1n, settledAmount: 5n });
});

test('behavior: two replicas buy the same amount once', async () => {
  const memory = createSharedMemory();
  const replicas = await Promise.all(
    [0, 1].map(() => openReplica(createMemoryStore('test', { memory }))),
  );
  const answers = await Promise.all(replicas.map(({ tokens }) => tokens.commit(signed(9n))));
  expect(answers).toMatchObject([{ planned: 9n }, { planned: 9n }]);
  const { record } = await (await openTestCounters(createMemoryStore('test', { memory }))).read(
    'prepaid/7',
  );
  expect(record.planned).toBe(9n);
});

test.each<[Fault, bigint]>([
  ['unknown', 9n],
  ['lost', 0n],
  ['late', 0n],
])('behavior: after an unknown outcome (%s) asking again buys once', async (fault, before) => {
  const faults: Fault[] = [fault];
  const store = createFaultyStore(createMemoryStore('test'), {
    chooseFault: () => faults.shift() ?? 'none',
  });
  const { tokens } = await openReplica(store);
  const counters = await openTestCounters(store);
  await expect(tokens.commit(signed(9n))).rejects.toThrow(
    /^unable to store new payment channel state$/,
  );
  expect((await counters.read('prepaid/7')).record.planned).toBe(before);
  expect(await tokens.commit(signed(9n))).toMatchObject({ planned: 9n });
  await store.applyLate();
  expect((await counters.read('prepaid/7')).record.planned).toBe(9n);
});

test('behavior: an amount that was bought is told of again, one that a call has taken is not', async () => {
  const { accounts, tokens } = await openReplica(createMemoryStore('test'));
  const account = accounts.get(7n);
  const call = await account.begin(payTo(1n), staying());
  await account.commit(call);
  account.handOver(call, { streaming: false });
  await expect(tokens.commit(signed(1n))).rejects.toThrow(
    /^another transaction on channel: \{ID: 7\} is in progress$/,
  );
  const bought = await tokens.commit(signed(11n));
  expect(await tokens.commit(signed(11n))).toEqual(bought);
  await expect(tokens.commit(signed(11n, 3n))).rejects.toThrow(
    /^income 0 does not equal to price 0$/,
  );
});

test('error: a store that cannot be read any more once the stretch is reserved', async () => {
  const memory = createMemoryStore('test');
  let reads = 0;
  const cause = new BaseError('STORE_UNAVAILABLE', 'The store is away.');
  const store = {
    ...memory,
    get: (key: string) => {
      if (key === 'channel/7') reads += 1;
      return reads === 2 ? Promise.reject(cause) : memory.get(key);
    },
  };
  const { accounts, tokens } = await openReplica(store);
  const refusal = await tokens.commit(signed(9n)).catch((fault: unknown) => fault);
  expect(refusal).toMatchObject({
    ...{ name: 'PaymentRefusal', cause },
    status: { code: 13, message: 'unable to store new payment channel state' },
  });
  // Nothing stays reserved.
  accounts.get(7n).rollback(await accounts.get(7n).begin(payTo(1n), staying()));
});
