import type { Devnet } from '@snetkit/devnet';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPayingClient, startNetwork } from '../../test/paying-client.ts';
import { callWith, createClient, createNetwork, served } from '../../test/simulated-network.ts';
import type { ClientLedger } from '../ledger/client-ledger.ts';
import { createMemoryLedger } from '../ledger/memory-ledger.ts';

let devnet: Devnet;

beforeAll(async () => {
  devnet = await startNetwork();
});

afterAll(() => devnet?.stop());

/** As a file that is locked: a change is computed, and then cannot be written. */
function createLockableLedger(): ClientLedger & { lock(): Promise<void>; unlock(): void } {
  const ledger = createMemoryLedger();
  let refused: PromiseWithResolvers<void> | undefined;
  return {
    ...ledger,
    async update(key, change) {
      if (refused === undefined) return ledger.update(key, change);
      change(await ledger.get(key));
      refused.resolve();
      throw new Error('the ledger is locked');
    },
    lock() {
      refused = Promise.withResolvers();
      return refused.promise;
    },
    unlock() {
      refused = undefined;
    },
  };
}

// The test runner also fails when a rejection is handled by nobody.
test('behavior: ends that cannot be written now are written later', async () => {
  const ledger = createLockableLedger();
  const { strategy, getRecord } = createClient(createNetwork(), { ledger });
  const attempt = await strategy.pay(callWith()).attempt();
  const refused = ledger.lock();
  await attempt.end(served);
  await refused;
  ledger.unlock();
  await strategy.close();
  expect(await getRecord()).toMatchObject({ signed: 1n, pending: [] });
});

test('behavior: calls that find the channel used up at once are all paid', async () => {
  const client = await createPayingClient(devnet, { funding: { callsAhead: 10n } });
  await client.call('Detect', { text: 'one call to have a channel' });
  const calls = Array.from({ length: 64 }, (_, index) =>
    client.call('Slow', { text: `number ${index}`, delayMs: 20 }),
  );
  await Promise.all(calls);
  expect(new Set(client.receipts.map(({ amount }) => amount)).size).toBe(65);
  expect((await client.getState()).top).toBe(devnet.price * 65n);
  await client.close();
});
