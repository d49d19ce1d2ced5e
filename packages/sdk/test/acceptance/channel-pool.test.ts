import { afterAll, beforeAll, expect, test } from 'vitest';
import { startOfficialDaemon } from '../../../payments/test/official/start-official-daemon.ts';
import type { PaymentReceipt } from '../../src/index.ts';
import { startNetwork, type TestNetwork } from '../start-network.ts';

const ids = { organizationId: 'local', serviceId: 'text' };
const slow = { text: 'Guten Morgen', delayMs: 50 };
let network: TestNetwork;

beforeAll(async () => {
  network = await startNetwork();
});

afterAll(() => network?.[Symbol.asyncDispose]());

/** Channels that were paid on, and how often. */
function countChannels(receipts: readonly PaymentReceipt[]): number[] {
  const counts = new Map<bigint | undefined, number>();
  for (const { channelId } of receipts) counts.set(channelId, (counts.get(channelId) ?? 0) + 1);
  return [...counts.values()];
}

test('default: where one call runs on a channel and no tokens are sold, several channels are used', async () => {
  await using official = await startOfficialDaemon(network.devnet, { sellsTokens: false });
  const engine = network.createEngine({ funding: { callsAhead: 50n } });
  const opened: bigint[] = [];
  const receipts: PaymentReceipt[] = [];
  const service = await engine.createServiceClient({
    ...ids,
    endpoint: official.endpoint,
    channels: 3,
    onFunding: ({ channelId }) => opened.push(channelId),
    onPayment: (receipt) => receipts.push(receipt),
  });
  // One after the other: one channel will do.
  for (let index = 0; index < 3; index += 1) await service.call('Slow', slow);
  expect(opened).toEqual([0n]);

  // Long calls: the third channel is open before they are over.
  const long = { ...slow, delayMs: 700 };
  await Promise.all(Array.from({ length: 15 }, () => service.call('Slow', long)));
  expect(opened).toEqual([0n, 1n, 2n]);
  expect(official.mostAtOnce).toBe(3);
  expect(official.forwarded).toBe(18);
  expect(countChannels(receipts)).toHaveLength(3);
  const { price } = network.devnet;
  const totals = opened.map((channelId) => official.ledger.get(channelId).authorized);
  expect(totals.reduce((sum, one) => sum + one)).toBe(18n * price);

  // A client that starts anew finds the channels that are there.
  const again = await engine.createServiceClient({
    ...ids,
    endpoint: official.endpoint,
    channels: 3,
    strategy: 'paid',
    onFunding: ({ channelId }) => opened.push(channelId),
  });
  await Promise.all(Array.from({ length: 12 }, () => again.call('Slow', slow)));
  expect(opened).toHaveLength(3);
});

test('behavior: what cannot be opened is done without', async () => {
  await using official = await startOfficialDaemon(network.devnet, { sellsTokens: false });
  const engine = network.createEngine({ as: 'secondClient', funding: { callsAhead: 50n } });
  await engine.channels.open({ organizationId: 'local', amount: 10n ** 18n });
  const service = await engine.createServiceClient({
    ...ids,
    endpoint: official.endpoint,
    channels: 4,
    funding: { neverFund: true },
  });
  await Promise.all(Array.from({ length: 6 }, () => service.call('Slow', slow)));
  expect(official.forwarded).toBe(6);
  expect(official.mostAtOnce).toBe(1);
});

test('behavior: a daemon that takes many calls at once needs one channel only', async () => {
  const engine = network.createEngine({ funding: { callsAhead: 50n } });
  const receipts: PaymentReceipt[] = [];
  const service = await engine.createServiceClient({
    ...ids,
    channels: 3,
    strategy: 'paid',
    onPayment: (receipt) => receipts.push(receipt),
  });
  await Promise.all(Array.from({ length: 20 }, () => service.call('Slow', slow)));
  expect(countChannels(receipts)).toEqual([20]);
});

test('error: a call that is cancelled while it waits for a channel', async () => {
  await using official = await startOfficialDaemon(network.devnet, { sellsTokens: false });
  const engine = network.createEngine({ as: 'secondClient', funding: { neverFund: true } });
  const service = await engine.createServiceClient({
    ...ids,
    endpoint: official.endpoint,
    channels: 2,
    strategy: 'paid',
  });
  const first = service.call('Slow', { ...slow, delayMs: 1_000 });
  const cancel = new AbortController();
  const waiting = Promise.all(
    Array.from({ length: 3 }, () => service.call('Slow', slow, { signal: cancel.signal })),
  );
  await expect.poll(() => official.forwarded).toBe(1);
  cancel.abort();
  await expect(waiting).rejects.toMatchObject({ code: 'ABORTED' });
  await first;
  expect(official.forwarded).toBe(1);
});
