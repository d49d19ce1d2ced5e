import { expect, test } from 'vitest';
import { freeCallKey } from '../accounts/counter-key.ts';
import { decodeCounter, encodeCounter } from '../ledger/counter-codec.ts';
import { createFaultyStore, type Fault } from '../store/faulty-store.ts';
import { createMemoryStore } from '../store/memory-store.ts';
import { listFreeCallers } from './list-free-callers.ts';
import { resetFreeCalls } from './reset-free-calls.ts';

const caller = {
  serviceId: 'text/1',
  address: '0x101a018fe784bf01d538b5d4dfa311d047dba491',
  userId: 'ada/100%@example.com',
};
const marks = [{ owner: '11'.repeat(16), write: 7n }];

async function openStore(faults: Fault[] = []) {
  const store = createFaultyStore(createMemoryStore('test'), {
    chooseFault: () => faults.shift() ?? 'none',
  });
  const key = freeCallKey(caller);
  const value = encodeCounter({ planned: 0n, used: 5n, marks });
  const memory = { checks: [], writes: [{ key, value }] };
  return {
    store,
    fill: () => store.commit([memory]),
    async read() {
      const stored = await store.get(key);
      return stored && decodeCounter(stored.value, key);
    },
  };
}

test('default: the calls go, the marks of those who write stay', async () => {
  const { store, fill, read } = await openStore();
  await fill();
  expect(await resetFreeCalls(store, caller)).toBe(true);
  expect(await read()).toEqual({ planned: 0n, used: 0n, marks });
});

test('behavior: any spelling of the wallet', async () => {
  const { store, fill, read } = await openStore();
  await fill();
  const address = caller.address.slice(2).toUpperCase();
  expect(await resetFreeCalls(store, { ...caller, address })).toBe(true);
  expect(await read()).toMatchObject({ used: 0n });
});

test('behavior: who writes at the same time is waited out', async () => {
  const { store, fill, read } = await openStore([
    'none',
    'conflict',
    'lost',
    'unknown',
    'conflict',
  ]);
  await fill();
  expect(await resetFreeCalls(store, caller)).toBe(true);
  expect(await read()).toEqual({ planned: 0n, used: 0n, marks });
});

test('behavior: who never called has nothing to reset, and gets no counter', async () => {
  const { store, fill, read } = await openStore();
  await fill();
  expect(await resetFreeCalls(store, { ...caller, userId: 'bob' })).toBe(false);
  expect(await read()).toMatchObject({ used: 5n });
});

test('error: a store that never takes it', async () => {
  const { store, fill } = await openStore(['none', ...Array<Fault>(200).fill('conflict')]);
  await fill();
  await expect(resetFreeCalls(store, caller)).rejects.toThrow(
    'The free calls could not be reset.\nFound: 100 tries without success\nFix: Look after the store, then try again.',
  );
});

test('behavior: callers are listed with the ids that they were counted under', async () => {
  const { store, fill } = await openStore();
  await fill();
  const callers = [];
  for await (const one of listFreeCallers(store)) callers.push(one);
  expect(callers).toEqual([{ ...caller, made: 5n }]);
});
