import { afterAll, beforeAll, expect, test } from 'vitest';
import { startNetwork, type TestNetwork } from '../../test/start-network.ts';

let network: TestNetwork;

beforeAll(async () => {
  network = await startNetwork();
});

afterAll(() => network?.[Symbol.asyncDispose]());

test('behavior: 32 calls in flight on one channel all succeed, and the amounts are exact', async () => {
  const amounts: (bigint | undefined)[] = [];
  const funding: string[] = [];
  const engine = network.createEngine({ funding: { callsAhead: 100n } });
  const service = await engine.createServiceClient({
    organizationId: 'local',
    serviceId: 'text',
    onPayment: ({ amount }) => amounts.push(amount),
    onFunding: ({ kind }) => funding.push(kind),
  });
  const first = { text: 'Guten Morgen, wie geht es Ihnen?' };
  await service.call('Detect', first);
  const [channel] = await engine.channels.list();
  const before = await network.askDaemon(channel?.id ?? -1n);
  expect(before.top).toBe(network.devnet.price);

  const calls = Array.from({ length: 32 }, (_, index) =>
    service.call('Echo', { data: new Uint8Array([index]) }),
  );
  const replies = await Promise.all(calls);
  expect(replies.map(({ data }) => (data as Uint8Array)[0])).toEqual(
    Array.from({ length: 32 }, (_, index) => index),
  );

  const after = await network.askDaemon(channel?.id ?? -1n);
  const { price } = network.devnet;
  expect(after).toMatchObject({ top: 33n * price, open: [], claimed: 0n });
  // Each call has an amount of its own, and together they fill the line without a gap.
  const sorted = amounts.toSorted((a, b) => ((a ?? 0n) < (b ?? 0n) ? -1 : 1));
  expect(sorted).toEqual(Array.from({ length: 33 }, (_, index) => BigInt(index + 1) * price));
  expect(funding).toEqual(['channelOpened']);
  expect(await engine.channels.list()).toMatchObject([{ signed: 33n * price }]);
});

test('behavior: two programs share the ledger of one user', async () => {
  const [one, other] = await Promise.all(
    [network.createEngine(), network.createEngine()].map((engine) =>
      engine.createServiceClient({ organizationId: 'local', serviceId: 'text' }),
    ),
  );
  if (one === undefined || other === undefined) throw new Error('no clients');
  const { top } = await network.askDaemon(0n);
  const calls = [one, other, one, other, one, other].map((service) =>
    service.call('Detect', { text: 'Bonjour tout le monde' }),
  );
  await Promise.all(calls);
  expect((await network.askDaemon(0n)).top).toBe(top + 6n * network.devnet.price);
});
