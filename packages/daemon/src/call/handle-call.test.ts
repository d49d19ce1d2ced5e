import { expect, test } from 'vitest';
import { openTestAccounts, readStoredRecord } from '../../test/accounts/open-account.ts';
import { openTestCounters } from '../../test/accounts/open-counter.ts';
import { payOnce, payPath, takeOne } from '../../test/accounts/pay-path.ts';
import { createMemoryStore } from '../store/memory-store.ts';
import type { CallWatch } from './call-watch.ts';
import type { Exchange } from './exchange.ts';
import { handleCall } from './handle-call.ts';
import { type EndStatus, okStatus } from './status.ts';

interface TestExchange extends Exchange {
  readonly ends: EndStatus[];
  delivered: number;
}

/** A unary call whose answer arrives whole. */
function createExchange(): TestExchange {
  return {
    head: { path: '/test.Service/Call', metadata: {}, peer: { address: '127.0.0.1' } },
    readFirst: () => Promise.resolve('left'),
    forward: () => {},
    response: Promise.resolve('message'),
    done: Promise.resolve(okStatus),
    ended: okStatus,
    left: new AbortController().signal,
    ends: [],
    delivered: 0,
    release() {
      this.delivered += 1;
      return 'handed';
    },
    end(status) {
      this.ends.push(status);
    },
  };
}

function createWatch(): CallWatch {
  return {
    requestId: '1',
    trailers: undefined,
    forwarded: () => ({}),
    enter() {},
    admitted() {},
    charged() {},
    takenBack() {},
    end() {},
  };
}

function throwFull(): never {
  throw new Error('the log is full');
}

test('behavior: an observer that throws takes nothing back from a call that was delivered', async () => {
  const store = createMemoryStore('test');
  const account = (await openTestAccounts({ store })).get(7n);
  const exchange = createExchange();
  const handled = handleCall(exchange, {
    ...payPath(payOnce(account)),
    watch: () => ({ ...createWatch(), end: () => throwFull() }),
  });
  // Told to whoever runs the path of calls, after the call is over for its client.
  await expect(handled).rejects.toThrow(/^the log is full$/);
  expect(exchange.delivered).toBe(1);
  expect(exchange.ends).toEqual([okStatus]);
  await account.settleNow();
  expect(await readStoredRecord(store)).toMatchObject({ settledAmount: 1n, entries: [] });
});

test('behavior: what could not be handed over is not counted', async () => {
  const counters = await openTestCounters(createMemoryStore('test'));
  const account = counters.get('prepaid/1');
  const exchange: TestExchange = { ...createExchange(), release: () => 'gone' };
  await handleCall(exchange, payPath(takeOne(account)));
  expect(exchange.ends).toEqual([{ code: 1, message: 'the client left' }]);
  expect((await counters.read('prepaid/1')).record.used).toBe(0n);
  expect(account.isIdle).toBe(true);
});

test('behavior: what was handed over is counted, and nothing is left in memory', async () => {
  const counters = await openTestCounters(createMemoryStore('test'));
  const account = counters.get('prepaid/1');
  await handleCall(createExchange(), payPath(takeOne(account)));
  expect((await counters.read('prepaid/1')).record.used).toBe(1n);
  expect(account.isIdle).toBe(true);
});

test('behavior: a replica that loses its ownership ends what runs, before others honour it again', async () => {
  const accounts = await openTestAccounts();
  const account = accounts.get(7n);
  const pending = new Promise<never>(() => {});
  const waiting = { ...createExchange(), response: pending, done: pending, ended: undefined };
  const streaming = { ...createExchange(), done: pending, ended: undefined };
  for (const exchange of [waiting, streaming]) {
    const handled = handleCall(exchange, payPath(payOnce(account)));
    if (exchange === streaming) await expect.poll(() => exchange.delivered).toBe(1);
    else await expect.poll(() => account.isIdle).toBe(false);
    account.forsake();
    await handled;
    expect(exchange.ends).toEqual([
      { code: 13, message: 'unable to store new payment channel state' },
    ]);
  }
});

test('behavior: a payer who comes too often gets nothing, and nothing is taken from him', async () => {
  const counters = await openTestCounters(createMemoryStore('test'));
  const account = counters.get('prepaid/1');
  const paid = takeOne(account);
  const limited: EndStatus = { code: 8, message: 'too soon', trailers: { 'retry-after': '7' } };
  const seen: unknown[] = [];
  const exchange = createExchange();
  await handleCall(exchange, {
    ...payPath({
      ...paid,
      begin(head, context) {
        context.admit({ address: '0x01' });
        return paid.begin(head, context);
      },
    }),
    admitPayer(payer) {
      seen.push(payer);
      return limited;
    },
  });
  expect(seen).toEqual([{ address: '0x01' }]);
  expect(exchange.ends).toEqual([limited]);
  expect(exchange.delivered).toBe(0);
  expect(account.isIdle).toBe(true);
  expect((await counters.read('prepaid/1')).version).toBe(0n);
});
