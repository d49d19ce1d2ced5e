import { bytesToBase64, encodeFreeCallHeaders } from '@snetkit/core';
import { expect, test } from 'vitest';
import { openTestCounters } from '../../test/accounts/open-counter.ts';
import { requestOf, vectorOptions } from '../../test/free-calls/vectors.ts';
import { systemTimers, type Timers } from '../accounts/account-ports.ts';
import type { CallHead } from '../call/exchange.ts';
import { PaymentRefusal } from '../call/payment-refusal.ts';
import { createFaultyStore, type Fault } from '../store/faulty-store.ts';
import { createMemoryStore } from '../store/memory-store.ts';
import type { Store } from '../store/store.ts';
import { createFreeCallPayment } from './free-call.ts';
import type { Payment, PaymentType } from './payment.ts';

const key = 'free/YOUR_SERVICE_ID/0x101a018fe784bf01d538b5d4dfa311d047dba491/';

/** A hundred times faster: what gives up after five seconds does so after 50 ms. */
const quick: Timers = {
  ...systemTimers,
  after: (ms, callback) => systemTimers.after(ms / 100, callback),
};

async function openPayment(store: Store, quota: () => bigint | undefined = () => 3n) {
  const accounts = await openTestCounters(store, { timers: quick });
  const counters = { signatureRecoveries: 0 };
  const type = createFreeCallPayment({ ...vectorOptions(), accounts, quota, counters });
  return { type, counters, made: async () => (await accounts.read(key)).record.used };
}

function headOf(name = 'free_call_request'): CallHead {
  const metadata = Object.fromEntries(
    encodeFreeCallHeaders(requestOf(name)).map(([header, value]) => [
      header,
      typeof value === 'string' ? value : bytesToBase64(value),
    ]),
  );
  return { path: '/test.Service/Call', metadata, peer: { address: '127.0.0.1' } };
}

function begin(type: PaymentType, head = headOf()): Promise<Payment> {
  const price = () => {
    throw new Error('a free call has no price');
  };
  return type.begin(head, { admit() {}, price, signal: new AbortController().signal });
}

async function refusalOf(run: Promise<unknown>): Promise<string> {
  const refusal = await run.catch((cause: unknown) => cause);
  if (!(refusal instanceof PaymentRefusal)) throw new Error('it was not refused');
  return `${refusal.status.code} ${refusal.status.message}`;
}

test('default: one call is counted, and the service learns who called', async () => {
  const { type, made } = await openPayment(createMemoryStore('test'));
  const payment = await begin(type);
  expect(payment.payer).toBe('0x101A018fE784bF01d538b5d4dfA311d047DBA491');
  await payment.commit();
  expect(payment.handOver({ streaming: false })).toBe(true);
  expect(await made()).toBe(1n);
});

test('behavior: another spelling of the wallet is the same counter, another user is not', async () => {
  const { type, made } = await openPayment(createMemoryStore('test'));
  const lower = await begin(type, headOf('free_call_request_lowercase_address'));
  expect(lower.payer).toBe('0x101A018fE784bF01d538b5d4dfA311d047DBA491');
  await lower.commit();
  await (await begin(type)).commit();
  await (await begin(type, headOf('free_call_request_user_id'))).commit();
  expect(await made()).toBe(2n);
});

test('behavior: a token that was seen costs one recovery, not two', async () => {
  const { type, counters } = await openPayment(createMemoryStore('test'));
  const recoveries = [];
  for (let call = 0; call < 3; call += 1) {
    (await begin(type)).rollback();
    recoveries.push(counters.signatureRecoveries);
  }
  expect(recoveries).toEqual([2, 3, 4]);
});

test('behavior: what is rolled back or taken back is not counted', async () => {
  const { type, made } = await openPayment(createMemoryStore('test'));
  (await begin(type)).rollback();
  const payment = await begin(type);
  await payment.commit();
  await payment.takeBack();
  expect(await made()).toBe(0n);
});

test('error: too many, calls in flight included', async () => {
  const { type } = await openPayment(createMemoryStore('test'));
  const running = [await begin(type), await begin(type), await begin(type)];
  await running[0]?.commit();
  expect(await refusalOf(begin(type))).toBe(
    '13 internal error: free call limit has been exceeded, calls made = 3, total free calls eligible = 3',
  );
  running[1]?.rollback();
  await expect(begin(type)).resolves.toBeDefined();
});

test('error: the last free call was made at another replica meanwhile', async () => {
  const store = createMemoryStore('test');
  const [here, there] = [await openPayment(store), await openPayment(store)];
  const slow = [await begin(here.type), await begin(here.type)];
  for (let call = 0; call < 2; call += 1) await (await begin(there.type)).commit();
  await slow[0]?.commit();
  expect(await refusalOf(slow[1]?.commit() ?? Promise.resolve())).toBe(
    '13 internal error: free call limit has been exceeded, calls made = 3, total free calls eligible = 3',
  );
  expect(await here.made()).toBe(3n);
});

test('error: the store cannot be read', async () => {
  let isDown = true;
  const store = createFaultyStore(createMemoryStore('test'), {
    beforeRead() {
      if (isDown) throw new Error('https://etcd.example/secret is away');
    },
  });
  const { type } = await openPayment(store);
  expect(await refusalOf(begin(type))).toBe(
    '13 payment freeCallUserData error: the store cannot be read',
  );
  isDown = false;
  await (await begin(type)).commit();
});

test('error: the count cannot be made durable', async () => {
  let fault: Fault = 'none';
  const store = createFaultyStore(createMemoryStore('test'), { chooseFault: () => fault });
  const { type, made } = await openPayment(store);
  const payment = await begin(type);
  fault = 'lost';
  expect(await refusalOf(payment.commit())).toBe(
    '13 unable to store new transaction free call user state',
  );
  fault = 'none';
  // What was in doubt is settled first: the next call is counted, that one is not.
  await (await begin(type)).commit();
  expect(await made()).toBe(1n);
});
