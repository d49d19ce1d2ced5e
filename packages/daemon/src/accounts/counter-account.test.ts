import fc from 'fast-check';
import { expect, test } from 'vitest';
import { charge, openTestCounters } from '../../test/accounts/open-counter.ts';
import { createFaultyStore, type Fault } from '../store/faulty-store.ts';
import { createMemoryStore, createSharedMemory } from '../store/memory-store.ts';
import type { Timers } from './account-ports.ts';
import type { CounterAccount } from './counter-account.ts';

/** Every wait is over at the next turn of the event loop, save the patience with a store. */
const hasty: Timers = {
  now: () => 0,
  wallSeconds: () => 1,
  after(ms, callback) {
    if (ms >= 5_000) return () => {};
    const timer = setImmediate(callback);
    return () => clearImmediate(timer);
  },
};

async function serve(account: CounterAccount, limit?: bigint): Promise<'served' | string> {
  try {
    const call = await account.begin(charge(1n, limit));
    await account.commit(call);
    if (!account.handOver(call, { streaming: false })) return 'fenced';
    account.settle(call);
    return 'served';
  } catch (refusal) {
    return (refusal as Error).message;
  }
}

test('default: a served call is counted once, in one write', async () => {
  const store = createMemoryStore('test');
  const counters = await openTestCounters(store);
  expect(await serve(counters.get('free/a'))).toBe('served');
  const { record, version } = await counters.read('free/a');
  expect([record.used, version]).toEqual([1n, 1n]);
  expect(counters.get('free/a').isIdle).toBe(true);
});

test('behavior: calls at once share a write', async () => {
  const store = createMemoryStore('test');
  const counters = await openTestCounters(store);
  const account = counters.get('free/a');
  await Promise.all(Array.from({ length: 50 }, () => serve(account)));
  const { record, version } = await counters.read('free/a');
  expect(record.used).toBe(50n);
  expect(version).toBeLessThan(5n);
});

test('behavior: two replicas serve exactly what the limit allows', async () => {
  const memory = createSharedMemory();
  const replicas = await Promise.all(
    [0, 1].map(() => openTestCounters(createMemoryStore('test', { memory }), { timers: hasty })),
  );
  const answers = await Promise.all(
    Array.from({ length: 300 }, (_, i) =>
      serve(replicas[i % 2]?.get('prepaid/1') as CounterAccount, 100n),
    ),
  );
  expect(answers.filter((answer) => answer === 'served')).toHaveLength(100);
  expect((await replicas[0]?.read('prepaid/1'))?.record.used).toBe(100n);
});

test('behavior: a refused call is refused after a fresh look at the store', async () => {
  const memory = createSharedMemory();
  const [here, there] = await Promise.all(
    [0, 1].map(() => openTestCounters(createMemoryStore('test', { memory }))),
  );
  expect(await serve(here?.get('k') as CounterAccount, 1n)).toBe('served');
  const call = await there?.get('k').begin(charge(1n, 2n));
  if (call === undefined) throw new Error('not admitted');
  await there?.get('k').commit(call);
  await there?.get('k').takeBack(call);
  // Taken back elsewhere: the last one counts here, too.
  expect(await serve(here?.get('k') as CounterAccount, 2n)).toBe('served');
  expect(await serve(here?.get('k') as CounterAccount, 2n)).toBe('over: 2');
});

test('behavior: a call that is rolled back before its commit is never written', async () => {
  const store = createMemoryStore('test');
  const counters = await openTestCounters(store);
  const account = counters.get('k');
  const call = await account.begin(charge(1n, 1n));
  expect(await serve(account, 1n)).toBe('over: 1');
  account.rollback(call);
  expect(await serve(account, 1n)).toBe('served');
  expect((await counters.read('k')).version).toBe(1n);
});

test('behavior: an owner that is lost ends its calls and hands nothing over', async () => {
  const lost = new AbortController();
  const store = createMemoryStore('test');
  const owned = {
    ...store,
    async openOwner() {
      const owner = await store.openOwner();
      // Only the first: an owner that is lost as soon as it is there is replaced for ever.
      return lost.signal.aborted ? owner : { ...owner, lost: lost.signal };
    },
  };
  const counters = await openTestCounters(owned);
  const account = counters.get('k');
  const call = await account.begin(charge(1n, 9n));
  await account.commit(call);
  lost.abort();
  expect(account.handOver(call, { streaming: false })).toBe(false);
  await expect(account.begin(charge(1n, 9n))).rejects.toThrow(
    /^unable to store new payment channel state$/,
  );
});

test('behavior: whatever the store says, a call is counted exactly when it was handed over', async () => {
  const faults = fc.array(fc.constantFrom<Fault>('none', 'lost', 'late', 'unknown', 'conflict'), {
    maxLength: 12,
  });
  const ends = fc.array(fc.constantFrom('serve', 'takeBack', 'rollback'), {
    minLength: 1,
    maxLength: 8,
  });
  await fc.assert(
    fc.asyncProperty(faults, ends, async (script, plan) => {
      const memory = createSharedMemory();
      const queue = [...script];
      let commits = 0;
      const faulty = createFaultyStore(createMemoryStore('test', { memory }), {
        chooseFault: async () => {
          commits += 1;
          if (commits > 200) throw new Error('it goes on for ever');
          const fault = queue.shift() ?? 'none';
          // What is late may arrive between the tries.
          if (queue.length % 3 === 0) await faulty.applyLate();
          return fault;
        },
      });
      const accounts = await Promise.all([
        openTestCounters(faulty, { timers: hasty }),
        openTestCounters(createMemoryStore('test', { memory }), { timers: hasty }),
      ]);
      let served = 0n;
      await Promise.all(
        plan.map(async (end, i) => {
          const account = accounts[i % 2]?.get('k') as CounterAccount;
          const call = await account.begin(charge(1n, 100n));
          if (end === 'rollback') {
            account.rollback(call);
            return;
          }
          await account.commit(call);
          if (end === 'takeBack') await account.takeBack(call);
          else if (account.handOver(call, { streaming: false })) served += 1n;
        }),
      );
      while ((await faulty.applyLate()) !== undefined);
      const { record } = (await accounts[0]?.read('k')) ?? {};
      expect(record?.used ?? 0n).toBe(served);
    }),
    { numRuns: 300 },
  );
});
