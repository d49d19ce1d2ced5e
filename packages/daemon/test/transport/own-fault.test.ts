import { expect, test } from 'vitest';
import { handleCall } from '../../src/call/handle-call.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import type { Store } from '../../src/store/store.ts';
import { openTestAccounts, readStoredRecord } from '../accounts/open-account.ts';
import { payOnce, payPath } from '../accounts/pay-path.ts';
import { startRawService } from './raw-service.ts';
import { startTransport, type TransportOptions } from './start-transport.ts';

// A stream that fails is not charged: nobody may make his own fail, and keep the answers.

async function startPaid(options: TransportOptions = {}) {
  const service = await startRawService();
  const store = createMemoryStore('test');
  const account = (await openTestAccounts({ store })).get(7n);
  const path = payPath(payOnce(account));
  const transport = await startTransport(service, {
    onCall: (exchange) => handleCall(exchange, path),
    ...options,
  });
  return {
    ...{ service, transport, store, account },
    async [Symbol.asyncDispose]() {
      await transport[Symbol.asyncDispose]();
      await service[Symbol.asyncDispose]();
    },
  };
}

async function chargedOf(store: Store): Promise<bigint> {
  const { settledAmount, entries } = await readStoredRecord(store);
  return entries.reduce((most, { amount }) => (amount > most ? amount : most), settledAmount);
}

test('behavior: a message that is too large, after the answers: the answers are charged', async () => {
  await using paid = await startPaid();
  const call = paid.transport.client.call();
  call.send('ask');
  const served = (await paid.service.next()).read();
  served.send('answer');
  expect(await call.responses.next()).toBe('answer');
  call.stream.write(Buffer.from([0, 0xff, 0xff, 0xff, 0xff]));
  expect(await call.ended).toMatchObject({ status: '8' });
  expect(await chargedOf(paid.store)).toBe(1n);
});

test('behavior: a message that is too large, before the answers: nothing is charged or answered', async () => {
  await using paid = await startPaid();
  const call = paid.transport.client.call();
  call.send('ask');
  (await paid.service.next()).read();
  call.stream.write(Buffer.from([0, 0xff, 0xff, 0xff, 0xff]));
  expect(await call.ended).toMatchObject({ status: '8' });
  expect(await paid.store.get('channel/7')).toBeUndefined();
  expect(paid.account.isIdle).toBe(true);
});

test('behavior: a client that never ends its side runs out the time of the service: charged', async () => {
  await using paid = await startPaid({ service: { serviceTimeoutMs: 300 } });
  const call = paid.transport.client.call();
  call.send('ask');
  const served = (await paid.service.next()).read();
  served.send('answer');
  expect(await call.responses.next()).toBe('answer');
  expect(await call.ended).toMatchObject({ status: '4' });
  expect(await chargedOf(paid.store)).toBe(1n);
});

test('behavior: a service that runs out of its own time is not paid', async () => {
  await using paid = await startPaid({ service: { serviceTimeoutMs: 300 } });
  const call = paid.transport.client.call();
  call.end('ask');
  const served = (await paid.service.next()).read();
  served.send('answer');
  expect(await call.responses.next()).toBe('answer');
  expect(await call.ended).toMatchObject({ status: '4' });
  expect(await chargedOf(paid.store)).toBe(0n);
});

test('behavior: a service that sees the deadline of the client first is paid', async () => {
  await using paid = await startPaid();
  const started = performance.now();
  const call = paid.transport.client.call('/test.Service/Call', { 'grpc-timeout': '1000m' });
  call.end('ask');
  const served = (await paid.service.next()).read();
  served.send('answer');
  expect(await call.responses.next()).toBe('answer');
  // As near to the deadline as a service gets that keeps it: its own clock is a moment early.
  await expect.poll(() => performance.now() - started).toBeGreaterThan(950);
  served.end({ 'grpc-status': '4', 'grpc-message': 'context deadline exceeded' });
  expect(await call.ended).toMatchObject({ status: '4' });
  expect(await chargedOf(paid.store)).toBe(1n);
});
