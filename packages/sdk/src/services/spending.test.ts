import { afterAll, beforeAll, expect, test } from 'vitest';
import { catchError } from '../../test/catch-error.ts';
import { startNetwork, type TestNetwork } from '../../test/start-network.ts';

const ids = { organizationId: 'local', serviceId: 'text' };
const text = { text: 'Guten Morgen' };
let network: TestNetwork;

beforeAll(async () => {
  network = await startNetwork();
});

afterAll(() => network?.[Symbol.asyncDispose]());

test('default: a client spends no more than it may, however many calls run at once', async () => {
  const engine = network.createEngine();
  const { price } = network.devnet;
  const service = await engine.createServiceClient({ ...ids, maxSpend: 5n * price });
  await service.call('Detect', text);
  const calls = Array.from({ length: 8 }, () => service.call('Detect', text));
  const ends = await Promise.allSettled(calls);
  const refused = ends.filter(({ status }) => status === 'rejected');
  expect(refused).toHaveLength(4);
  const error = await catchError(() => service.call('Detect', text));
  expect(error.message).toBe(
    [
      'The client would spend more than it may.',
      'Place: local/text',
      'Expected: at most 0.005 FET in all',
      'Found: 0.006 FET with this call',
    ].join('\n'),
  );
  expect((await network.askDaemon(0n)).top).toBe(5n * price);
});

test('behavior: a call that was not charged leaves its price to the next one', async () => {
  const engine = network.createEngine();
  const { price } = network.devnet;
  const service = await engine.createServiceClient({ ...ids, maxSpend: price });
  const fault = { code: 5, message: 'no such text' };
  expect((await catchError(() => service.call('Fail', { fault }))).code).toBe('CALL_FAILED');
  await service.call('Detect', text);
  expect((await catchError(() => service.call('Detect', text))).code).toBe('SPENDING_ABOVE_LIMIT');
});

test('behavior: without a budget for one call, no channel is opened for it', async () => {
  const engine = network.createEngine({ as: 'secondClient' });
  const service = await engine.createServiceClient({ ...ids, maxSpend: 1n });
  expect((await catchError(() => service.call('Detect', text))).code).toBe('SPENDING_ABOVE_LIMIT');
  expect(await engine.channels.list()).toEqual([]);
});

test('behavior: what is bought beforehand counts when it is bought', async () => {
  await using prepaid = await startNetwork({
    daemonConfig: { token_secret_key: 'a-secret-of-tests-0123456789-0123456789' },
  });
  const engine = prepaid.createEngine();
  const { price } = prepaid.devnet;
  const service = await engine.createServiceClient({
    ...ids,
    strategy: 'prepaid',
    callsPerToken: 3n,
    maxSpend: 5n * price,
  });
  for (let index = 0; index < 3; index += 1) await service.call('Detect', text);
  expect((await catchError(() => service.call('Detect', text))).code).toBe('SPENDING_ABOVE_LIMIT');
});
