import type { Devnet } from '@snetkit/devnet';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMemoryLedger } from '../src/index.ts';
import { startOfficialDaemon } from './official/start-official-daemon.ts';
import { createPayingClient, type PayingClient, startNetwork } from './paying-client.ts';

const text = { text: 'guten tag' };
const funding = { callsAhead: 60n };

let devnet: Devnet;

beforeAll(async () => {
  devnet = await startNetwork();
});

afterAll(() => devnet?.stop());

function callSlowly(client: PayingClient, calls: number): Promise<unknown> {
  return Promise.all(
    Array.from({ length: calls }, () => client.call('Slow', { ...text, delayMs: 20 })),
  );
}

test('default: calls that come side by side are bought beforehand, and run at once', async () => {
  await using official = await startOfficialDaemon(devnet);
  const { endpoint } = official;
  const client = await createPayingClient(devnet, { strategy: 'default', endpoint, funding });
  await client.call('Detect', text);
  await callSlowly(client, 24);
  expect(official.forwarded).toBe(25);
  expect(official.mostAtOnce).toBeGreaterThan(4);
  expect(
    client.receipts.map(({ type }) => type).filter((type) => type === 'escrow').length,
  ).toBeLessThan(4);
  await client.close();
});

test('behavior: one call after the other is paid by itself, nothing is bought beforehand', async () => {
  await using official = await startOfficialDaemon(devnet);
  const { endpoint } = official;
  const client = await createPayingClient(devnet, { strategy: 'default', endpoint, funding });
  for (let index = 0; index < 5; index += 1) await client.call('Detect', text);
  expect(client.receipts.map(({ type }) => type)).toEqual(Array(5).fill('escrow'));
  await client.close();
});

test('behavior: without tokens calls take turns, and all are answered', async () => {
  await using official = await startOfficialDaemon(devnet, { sellsTokens: false });
  const { endpoint } = official;
  const client = await createPayingClient(devnet, { strategy: 'default', endpoint, funding });
  await callSlowly(client, 12);
  expect(official.forwarded).toBe(12);
  expect(official.mostAtOnce).toBe(1);
  const [receipt] = client.receipts;
  expect(official.ledger.get(receipt?.channelId ?? -1n).authorized % devnet.price).toBe(0n);
  await client.close();
});

test('behavior: two clients of one ledger take turns on one channel', async () => {
  await using official = await startOfficialDaemon(devnet, { sellsTokens: false });
  const { endpoint } = official;
  const ledger = createMemoryLedger();
  const options = { strategy: 'paid', endpoint, funding, ledger } as const;
  const [one, other] = [
    await createPayingClient(devnet, options),
    await createPayingClient(devnet, options),
  ];
  await one.call('Detect', text);
  await Promise.all([callSlowly(one, 6), callSlowly(other, 6)]);
  const paid = [...one.receipts, ...other.receipts].map(({ amount }) => amount);
  expect(new Set(paid).size).toBe(13);
  expect([official.forwarded, official.mostAtOnce]).toEqual([13, 1]);
  await one.close();
  await other.close();
});
