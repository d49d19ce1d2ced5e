import { expect, test } from 'vitest';
import {
  openTestAccounts,
  payTo,
  readStoredRecord,
  staying,
  testChannel,
} from '../../test/accounts/open-account.ts';
import type { ChainView, ChannelOnChain } from '../chain/chain-view.ts';
import { maxOpenIntervals, type SignedPayment } from '../ledger/judge.ts';
import { emptyRecord } from '../ledger/record.ts';
import { encodeChannelRecord, encodeClaimRecord } from '../ledger/record-codec.ts';
import { createCounters } from '../observe/counters.ts';
import { createFaultyStore } from '../store/faulty-store.ts';
import { createMemoryStore } from '../store/memory-store.ts';
import { systemTimers, type Timers } from './account-ports.ts';
import { type ChannelAccount, maxStreams } from './channel-account.ts';
import { openChannelAccounts } from './channel-accounts.ts';
import type { OwnCall } from './own-call.ts';
import { openOwnership } from './ownership.ts';

/** Time that stands still: whoever waits for it waits for ever. */
const frozen: Timers = { now: () => 0, wallSeconds: () => 1, after: () => () => {} };

async function serve(account: ChannelAccount, payment: SignedPayment): Promise<void> {
  const call = await account.begin(payment, staying());
  await account.commit(call);
  account.handOver(call, { streaming: false });
}

test('default: a served call is charged, and settled when the channel is idle', async () => {
  const store = createMemoryStore('test');
  const account = (await openTestAccounts({ store })).get(7n);
  await serve(account, payTo(1n));
  expect((await readStoredRecord(store)).entries).toHaveLength(1);
  await account.settleNow();
  expect(await readStoredRecord(store)).toMatchObject({ settledAmount: 1n, entries: [] });
  expect(account.isIdle).toBe(true);
});

test('behavior: payments that one reservation wakes at once reserve their stretches once', async () => {
  const account = (await openTestAccounts({ timers: frozen })).get(7n);
  await serve(account, payTo(1n));
  const waiting = [account.begin(payTo(3n), staying()), account.begin(payTo(4n), staying())];
  // Both have looked at the store and are in the waiting room.
  await new Promise((resolve) => setImmediate(resolve));
  const two = await account.begin(payTo(2n), staying());
  const [three, four] = await Promise.all(waiting);
  for (const call of [four, three, two]) if (call !== undefined) account.rollback(call);
  await account.settleNow();
  expect(account.isIdle).toBe(true);
  for (const amount of [2n, 3n, 4n]) await serve(account, payTo(amount));
});

test('behavior: a client that has left before its payment waits holds no place', async () => {
  const account = (await openTestAccounts({ timers: frozen })).get(7n);
  await expect(account.begin(payTo(5n), { signal: AbortSignal.abort() })).rejects.toThrow(
    /^income 5 does not equal to price 1$/,
  );
  expect(account.isIdle).toBe(true);
});

test('behavior: a payment that is judged right before its predecessor is admitted does not wait', async () => {
  const account = (await openTestAccounts({ timers: frozen })).get(7n);
  const calls = await Promise.all(
    [2n, 1n].map((amount) => account.begin(payTo(amount), staying())),
  );
  expect(calls.map(({ payment }) => payment.amount)).toEqual([2n, 1n]);
});

test('behavior: a client that leaves every other call cannot make the record grow without end', async () => {
  const store = createMemoryStore('test');
  const account = (await openTestAccounts({ store })).get(7n);
  let amount = 0n;
  for (let open = 0; open < maxOpenIntervals; open += 1) {
    const skipped = await account.begin(payTo(amount + 1n), staying());
    const paid = await account.begin(payTo(amount + 2n), staying());
    account.rollback(skipped);
    await account.commit(paid);
    account.handOver(paid, { streaming: false });
    amount += 2n;
  }
  await account.begin(payTo(amount + 1n), staying());
  await expect(account.begin(payTo(amount + 2n), staying())).rejects.toThrow(
    /^income 2 does not equal to price 1$/,
  );
  expect((await readStoredRecord(store)).open).toHaveLength(maxOpenIntervals);
});

test('behavior: streams that run on one channel have a bound, and make room when they end', async () => {
  const account = (await openTestAccounts()).get(7n);
  const streams: OwnCall[] = [];
  for (let amount = 1n; amount <= maxStreams; amount += 1n) {
    const call = await account.begin(payTo(amount), staying());
    await account.commit(call);
    account.handOver(call, { streaming: true });
    streams.push(call);
  }
  const next = payTo(BigInt(maxStreams + 1));
  await expect(account.begin(next, staying())).rejects.toThrow(
    /^another transaction on channel: \{ID: 7\} is in progress$/,
  );
  for (const call of streams.slice(0, 1)) account.settle(call);
  await serve(account, next);
});

test('behavior: gaps of calls that run at once count before they are in the record', async () => {
  const store = createMemoryStore('test');
  const account = (await openTestAccounts({ store })).get(7n);
  const begun = await Promise.allSettled(
    Array.from({ length: 60 }, (_, index) =>
      account.begin(payTo(BigInt(2 * index + 2), { allowGap: true }), staying()),
    ),
  );
  const calls = begun.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []));
  expect(calls).toHaveLength(maxOpenIntervals);
  for (const call of calls.toReversed()) {
    await account.commit(call);
    account.handOver(call, { streaming: false });
  }
  expect((await readStoredRecord(store)).open).toHaveLength(maxOpenIntervals);
});

/** A chain view whose memory of the channel a test takes away. */
function createForgetfulChain(nonce: bigint): ChainView & { known: ChannelOnChain | undefined } {
  const channel = { ...testChannel, nonce };
  return {
    known: channel,
    peek() {
      return this.known;
    },
    async read() {
      this.known = channel;
      return channel;
    },
  };
}

test('behavior: a commit does not need what the chain view has forgotten meanwhile', async () => {
  const chain = createForgetfulChain(3n);
  const faults = ['conflict'] as const;
  let commits = 0;
  const store = createFaultyStore(createMemoryStore('test'), {
    chooseFault: () => faults[commits++] ?? 'none',
  });
  const account = (await openTestAccounts({ store, chain })).get(7n);
  const call = await account.begin(payTo(1n, { nonce: 3n }), staying());
  chain.known = undefined;
  await account.commit(call);
  expect(await readStoredRecord(store)).toMatchObject({ nonce: 3n, entries: [{ amount: 1n }] });
});

test('behavior: so it is when the stored record is one nonce behind the chain', async () => {
  const store = createMemoryStore('test');
  await serve((await openTestAccounts({ store })).get(7n), payTo(1n));
  const chain = createForgetfulChain(1n);
  const account = (await openTestAccounts({ store, chain })).get(7n);
  const call = await account.begin(payTo(1n, { nonce: 1n }), staying());
  chain.known = undefined;
  await account.commit(call);
  expect(await readStoredRecord(store)).toMatchObject({
    nonce: 1n,
    entries: [{ nonce: 0n }, { nonce: 1n }],
  });
});

test.each([0n, 3n])(
  'behavior: with the chain away, a claim in progress of nonce %s explains the record',
  async (nonce) => {
    const store = createMemoryStore('test');
    const { channelId, block: _, ...chain } = { ...testChannel, nonce, value: 12n };
    const signature = new Uint8Array(65);
    const claim = { channelId, nonce, amount: 10n, signature, actual: 10n, startedBlock: 1n };
    const record = { ...emptyRecord(channelId, nonce + 1n), chain };
    await store.commit([
      {
        checks: [],
        writes: [
          { key: 'channel/7', value: encodeChannelRecord(record) },
          { key: `claim/7/${nonce}`, value: encodeClaimRecord(claim) },
        ],
      },
    ]);
    const away: ChainView = {
      peek: () => undefined,
      read: async () => Promise.reject(new Error('the node is away')),
    };
    const account = (await openTestAccounts({ store, chain: away })).get(7n);
    for (const amount of [1n, 2n]) await serve(account, payTo(amount, { nonce: nonce + 1n }));
    // No more than the claim leaves.
    await expect(account.begin(payTo(3n, { nonce: nonce + 1n }), staying())).rejects.toThrow(
      /^payment channel error: store or chain cannot be read$/,
    );
  },
);

test('behavior: an orphan of over a day is dropped wherever it is, and counted when that is written', async () => {
  const shared = createMemoryStore('test');
  const faults = ['conflict', 'conflict'] as const;
  let commits = 0;
  const store = createFaultyStore(shared, { chooseFault: () => faults[commits++] ?? 'none' });
  const timers: Timers = { ...systemTimers, wallSeconds: () => 100_000 };
  const counters = createCounters();
  const ownership = await openOwnership({ store, timers });
  const chain = { peek: () => testChannel, read: async () => testChannel };
  const accounts = openChannelAccounts({ store, ownership, chain, timers, counters });
  const entry = { nonce: 0n, price: 1n, signature: new Uint8Array(65), owner: '', call: 1n };
  // The first was taken over, and so has a new date.
  const entries = [
    { ...entry, amount: 1n, committedAt: 99_000 },
    { ...entry, amount: 2n, committedAt: 1_000 },
  ];
  const value = encodeChannelRecord({ ...emptyRecord(7n, 0n), entries });
  await shared.commit([{ checks: [], writes: [{ key: 'channel/7', value }] }]);
  await serve(accounts.get(7n), payTo(3n));
  expect((await readStoredRecord(store)).entries).toMatchObject([{ amount: 1n }, { amount: 3n }]);
  expect(commits).toBe(3);
  expect(counters.droppedOrphans).toBe(1);
});
