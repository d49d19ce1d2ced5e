import { expect, test } from 'vitest';
import {
  busy,
  callWith,
  createClient,
  createGate,
  createNetwork,
  failedWith,
  lost,
  served,
  testSigner,
  unexpectedIncome,
} from '../../test/simulated-network.ts';
import { createMemoryLedger } from '../ledger/memory-ledger.ts';

/** Lets everything happen that waits for nothing but its turn. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

test('behavior: the end of a call frees no amount of another client that shares the ledger', async () => {
  const network = createNetwork();
  const ledger = createMemoryLedger();
  const [one, other] = [createClient(network, { ledger }), createClient(network, { ledger })];
  const first = await one.strategy.pay(callWith()).attempt();
  const second = await other.strategy.pay(callWith()).attempt();
  await second.end(failedWith(14));
  await other.strategy.close();
  const third = await other.strategy.pay(callWith()).attempt();
  expect([first, second, third].map(({ receipt }) => receipt.amount)).toEqual([1n, 2n, 2n]);
});

test('behavior: a call that is sent again keeps its turn and its amount', async () => {
  const { strategy } = createClient(createNetwork({ maxInFlight: 1 }));
  const mine = strategy.pay(callWith());
  const first = await mine.attempt();
  let isIn = false;
  const other = strategy.pay(callWith()).attempt();
  void other.then(() => {
    isIn = true;
  });
  expect(await first.end(busy)).toBe('retry');
  const again = await mine.attempt();
  await settle();
  expect([again.receipt.amount, isIn]).toEqual([1n, false]);
  expect(await again.end(served)).toBe('final');
  expect((await other).receipt.amount).toBe(2n);
});

test('behavior: a call that is cancelled before it is sent again leaves turn and amount to the next', async () => {
  const { strategy } = createClient(createNetwork({ maxInFlight: 1 }));
  const stop = new AbortController();
  const mine = strategy.pay(callWith(stop.signal));
  const attempt = await mine.attempt();
  const other = strategy.pay(callWith()).attempt();
  expect(await attempt.end(busy)).toBe('retry');
  stop.abort();
  await expect(mine.attempt()).rejects.toThrow(/^The call was cancelled$/m);
  expect((await other).receipt.amount).toBe(1n);
});

test('behavior: a payment in doubt stays so when it cannot be signed again', async () => {
  let isLocked = false;
  const { strategy, getRecord } = createClient(createNetwork(), {
    signer: {
      ...testSigner,
      async signMessage(message) {
        if (isLocked) throw new Error('the wallet is locked');
        return testSigner.signMessage(message);
      },
    },
  });
  const mine = strategy.pay(callWith());
  expect(await (await mine.attempt()).end(lost)).toBe('retry');
  isLocked = true;
  await expect(mine.attempt()).rejects.toThrow(/^the wallet is locked$/);
  await strategy.close();
  expect((await getRecord())?.pending).toMatchObject([{ amount: 1n, inDoubt: true }]);
});

test('behavior: a call that is served while another one asks for the state keeps its amount', async () => {
  const network = createNetwork();
  const { strategy } = createClient(network);
  const a = await strategy.pay(callWith()).attempt();
  const b = await strategy.pay(callWith()).attempt();
  const gate = createGate();
  network.beforeReply = gate.pass;
  const end = b.end(unexpectedIncome(2n));
  await gate.isReached;
  network.top = 1n;
  await a.end(served);
  await strategy.close();
  gate.open();
  expect(await end).toBe('retry');
  expect((await strategy.pay(callWith()).attempt()).receipt.amount).toBe(2n);
});

test('behavior: a lost answer is not asked for with a question that is older than the payment', async () => {
  const network = createNetwork();
  const { strategy } = createClient(network);
  const a = strategy.pay(callWith());
  const first = await a.attempt();
  const b = await strategy.pay(callWith()).attempt();
  const gate = createGate();
  network.beforeReply = gate.pass;
  const endOfB = b.end(unexpectedIncome(2n));
  await gate.isReached;
  // Committed and served, and the answer is lost.
  network.top = 1n;
  expect(await first.end(lost)).toBe('retry');
  const second = await a.attempt();
  expect(second.receipt.amount).toBe(1n);
  const endOfA = second.end(unexpectedIncome(0n));
  await settle();
  gate.open();
  await endOfB;
  expect(await endOfA).toMatchObject({
    code: 'PAYMENT_ANSWER_LOST',
    message: expect.stringMatching(/^The call was paid and served, but its answer was lost$/m),
  });
});

test.each([1, 4])(
  'behavior: status %s after messages leaves it open whether the call was charged',
  async (code) => {
    const network = createNetwork();
    const { strategy } = createClient(network);
    const first = await strategy.pay(callWith()).attempt();
    network.top = 1n;
    await first.end(failedWith(code, { afterFirstMessage: true }));
    expect((await strategy.pay(callWith()).attempt()).receipt.amount).toBe(2n);
  },
);

test('behavior: a listed payment that its call still retries is given to no other call', async () => {
  const network = createNetwork({ top: 1n, entries: [{ amount: 2n, price: 1n }] });
  const { strategy } = createClient(network);
  const [a, b] = [strategy.pay(callWith()), strategy.pay(callWith())];
  const first = await a.attempt();
  network.top = 2n;
  expect(await first.end(unexpectedIncome(0n))).toBe('retry');
  const again = await a.attempt();
  // Taken back meanwhile.
  network.top = 1n;
  network.entries = [];
  const next = await b.attempt();
  expect(await next.end(unexpectedIncome(2n))).toBe('retry');
  const amounts = [first, again, next, await b.attempt()].map(({ receipt }) => receipt.amount);
  expect(amounts).toEqual([2n, 2n, 3n, 3n]);
});

test('behavior: a daemon that lets any number of calls run gets no more than 64 signatures ahead', async () => {
  const network = createNetwork({ maxInFlight: 0xffff_ffff });
  const { strategy, getRecord } = createClient(network);
  await (await strategy.pay(callWith()).attempt()).end(served);
  expect(await getRecord()).toMatchObject({ maxInFlight: 64 });
  const calls = Array.from({ length: 65 }, () => strategy.pay(callWith()).attempt());
  const first = await Promise.all(calls.slice(0, 64));
  await settle();
  expect((await getRecord())?.pending).toHaveLength(64);
  await first[0]?.end(served);
  expect((await calls[64])?.receipt.amount).toBe(66n);
});
