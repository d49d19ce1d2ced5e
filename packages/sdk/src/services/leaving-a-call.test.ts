import type { PaymentReceipt } from '@snetkit/payments';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catchError } from '../../test/catch-error.ts';
import { startNetwork, type TestNetwork } from '../../test/start-network.ts';
import type { SnetEngine } from '../engine/snet-engine.ts';
import type { ServiceClient } from './service-client.ts';

const german = 'Guten Morgen, wie geht es Ihnen heute?';
let network: TestNetwork;
let engine: SnetEngine;
let service: ServiceClient;
let price: bigint;

beforeAll(async () => {
  network = await startNetwork();
  engine = network.createEngine({ funding: { callsAhead: 100n } });
  service = await engine.createServiceClient({ organizationId: 'local', serviceId: 'text' });
  price = network.devnet.price;
});

afterAll(() => network?.[Symbol.asyncDispose]());

/** What the calls made by `run` were charged, as the daemon has it. */
async function charged(run: () => Promise<unknown>): Promise<bigint> {
  const [channel] = await engine.channels.list();
  const before = channel === undefined ? 0n : (await network.askDaemon(channel.id)).top;
  await run();
  return (await network.askDaemon(channel?.id ?? 0n)).top - before;
}

test('behavior: who stops reading pays for the call, and the next one goes through', async () => {
  let paid: PaymentReceipt | undefined;
  const request = { messages: 1000, intervalMs: 20 };
  const cost = await charged(async () => {
    const options = { onPayment: (receipt: PaymentReceipt) => (paid = receipt) };
    for await (const { index } of service.serverStream('FailAfter', request, options)) {
      if (index === 1) break;
    }
    expect(await service.call('Detect', { text: german })).toHaveProperty('detection');
  });
  expect(paid?.price).toBe(price);
  expect(cost).toBe(2n * price);
});

test('behavior: a cancelled call ends at once, costs nothing, and reaches the service', async () => {
  const cancelled = network.devnet.service?.waitForEvent(({ event }) => event === 'cancelled');
  const cost = await charged(async () => {
    const signal = AbortSignal.timeout(1000);
    const error = await catchError(() =>
      service.call('Slow', { text: german, delayMs: 60_000 }, { signal }),
    );
    expect(error.code).toBe('ABORTED');
    expect(await cancelled).toMatchObject({ method: 'Slow' });
    expect(error.message).toBe('The call was cancelled.\nPlace: /text.v1.TextService/Slow');
    expect(await service.call('Detect', { text: german })).toHaveProperty('detection');
  });
  expect(cost).toBe(price);
});

test('behavior: a stream that is cancelled between two messages ends, and the next call goes through', async () => {
  const left = new AbortController();
  const stream = service.serverStream(
    'FailAfter',
    { messages: 1000, intervalMs: 20 },
    { signal: left.signal },
  );
  await stream.next();
  left.abort();
  expect((await catchError(() => stream.next())).code).toBe('ABORTED');
  expect(await service.call('Detect', { text: german })).toHaveProperty('detection');
});

test('error: the time is up', async () => {
  const error = await catchError(() =>
    service.call('Slow', { text: german, delayMs: 60_000 }, { timeoutMs: 300 }),
  );
  expect(error.code).toBe('TIMED_OUT');
  expect(error.message).toBe(
    [
      'The call took too long.',
      `Place: /text.v1.TextService/Slow at ${network.devnet.endpoint}`,
      'Expected: an answer within 300 ms',
    ].join('\n'),
  );
  expect(await service.call('Detect', { text: german })).toHaveProperty('detection');
});
