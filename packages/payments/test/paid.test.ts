import type { Devnet } from '@snetkit/devnet';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMemoryLedger } from '../src/index.ts';
import { createPayingClient, startNetwork } from './paying-client.ts';

let devnet: Devnet;

beforeAll(async () => {
  devnet = await startNetwork();
});

afterAll(() => devnet?.stop());

test('default: the first call opens a channel, the next ones ask nobody', async () => {
  const client = await createPayingClient(devnet, { funding: { callsAhead: 5n } });
  for (let index = 0; index < 3; index += 1) {
    const answer = await client.call('Detect', { text: 'guten tag, wie geht es ihnen' });
    expect(answer).toHaveProperty('detection');
  }
  expect(client.funded).toEqual(['channelOpened']);
  expect(client.receipts.map(({ amount, signedBefore }) => [signedBefore, amount])).toEqual([
    [0n, devnet.price],
    [devnet.price, devnet.price * 2n],
    [devnet.price * 2n, devnet.price * 3n],
  ]);
  expect(await client.getState()).toMatchObject({ top: devnet.price * 3n, open: [], listed: [{}] });
  await client.close();
});

test('behavior: 32 calls in flight on one channel, charged exactly', async () => {
  const client = await createPayingClient(devnet, { funding: { callsAhead: 200n } });
  await client.call('Detect', { text: 'one call to have a channel' });
  const before = await client.getState();
  const calls = Array.from({ length: 96 }, (_, index) =>
    client.call('Slow', { text: `number ${index}`, delayMs: 20 }),
  );
  await Promise.all(calls);
  const after = await client.getState();
  expect(after.top - before.top).toBe(devnet.price * 96n);
  expect(after.open).toEqual([]);
  const amounts = client.receipts.map(({ amount }) => amount);
  expect(new Set(amounts).size).toBe(97);
  await client.close();
});

test('behavior: a channel that is used up is topped up', async () => {
  // Nobody else has left channels of this account.
  const account = devnet.accounts.secondClient;
  const client = await createPayingClient(devnet, { account, funding: { callsAhead: 3n } });
  for (let index = 0; index < 5; index += 1) await client.call('Detect', { text: 'hello there' });
  expect(client.funded).toEqual(['channelOpened', 'channelToppedUp']);
  await client.close();
});

test('behavior: a failure of the service is not charged, and the amount is used again', async () => {
  const client = await createPayingClient(devnet, { funding: { callsAhead: 100n } });
  await client.call('Detect', { text: 'one call to have a channel' });
  const before = await client.getState();
  await expect(
    client.call('Fail', {
      fault: { $typeName: 'text.v1.trial.Fault', code: 5, message: 'no such text' },
    }),
  ).rejects.toThrow('[not_found] no such text');
  await client.call('Detect', { text: 'and another' });
  const after = await client.getState();
  expect(after.top - before.top).toBe(devnet.price);
  expect(client.receipts).toHaveLength(2);
  await client.close();
});

test('behavior: a stream is charged once, and not when it fails', async () => {
  const client = await createPayingClient(devnet, { funding: { callsAhead: 100n } });
  const messages: unknown[] = [];
  for await (const message of await client.stream('DetectMany', {
    texts: ['hello', 'guten tag', 'bonjour'],
  })) {
    messages.push(message);
  }
  expect(messages).toHaveLength(3);
  const before = await client.getState();
  const failing = await client.stream('FailAfter', {
    messages: 2,
    fault: { $typeName: 'text.v1.trial.Fault', code: 14, message: 'gone' },
  });
  await expect(async () => {
    for await (const message of failing) messages.push(message);
  }).rejects.toThrow('[unavailable] gone');
  expect(messages).toHaveLength(5);
  expect((await client.getState()).top).toBe(before.top);
  await client.call('Detect', { text: 'again' });
  expect((await client.getState()).top).toBe(before.top + devnet.price);
  await client.close();
});

test('behavior: calls in flight survive a kill -9 of the daemon, and each is charged once', async () => {
  const client = await createPayingClient(devnet, { funding: { callsAhead: 200n } });
  await client.call('Detect', { text: 'one call to have a channel' });
  const before = await client.getState();
  const calls = Array.from({ length: 24 }, (_, index) =>
    client.call('Slow', { text: `number ${index}`, delayMs: 10 + index * 10 }),
  );
  await calls[4];
  devnet.daemon?.kill('SIGKILL');
  await devnet.daemon?.exited;
  await devnet.daemon?.restart();
  const ends = await Promise.allSettled(calls);
  const failed = ends.filter(({ status }) => status === 'rejected');
  const after = await client.getState();
  const charged =
    (after.top - after.open.reduce((sum, { from, to }) => sum + to - from, 0n) - before.top) /
    devnet.price;
  // What was delivered just before the end may have lost its answer: such a call says so, and was charged.
  const lost = failed.filter((end) =>
    String((end as PromiseRejectedResult).reason).includes('its answer was lost'),
  );
  expect(failed.length - lost.length).toBe(0);
  expect(charged).toBe(24n);
  await client.close();
});

test('behavior: a client that starts anew finds its channel and its state', async () => {
  const first = await createPayingClient(devnet);
  await first.call('Detect', { text: 'hello' });
  await first.close();
  const second = await createPayingClient(devnet, { ledger: createMemoryLedger() });
  await second.call('Detect', { text: 'hello again' });
  expect(second.funded).toEqual([]);
  expect(second.receipts[0]?.channelId).toBe(first.receipts[0]?.channelId);
  await second.close();
});

test('error: the price is above the limit', async () => {
  const client = await createPayingClient(devnet, { funding: { maxPrice: devnet.price - 1n } });
  await expect(client.call('Detect', { text: 'hello' })).rejects.toMatchObject({
    cause: { code: 'PRICE_ABOVE_LIMIT' },
  });
  expect(client.receipts).toEqual([]);
});

test('behavior: a call that its caller gives up costs at most its price, and the next one works', async () => {
  const client = await createPayingClient(devnet, { funding: { callsAhead: 100n } });
  await client.call('Detect', { text: 'one call to have a channel' });
  const before = await client.getState();
  const leaving = AbortSignal.timeout(30);
  await expect(
    client.call('Slow', { text: 'x', delayMs: 5_000 }, { signal: leaving }),
  ).rejects.toThrow();
  await client.call('Detect', { text: 'next' });
  expect((await client.getState()).top).toBe(before.top + devnet.price);
  await client.close();
});
