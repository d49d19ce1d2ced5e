import { expect, test } from 'vitest';
import { createFaultyStore, type Fault } from './faulty-store.ts';
import { createMemoryStore } from './memory-store.ts';

const put = (key: string) => ({
  checks: [{ key, version: 0n }],
  writes: [{ key, value: new Uint8Array([1]) }],
});

test('default: each fault does what it says', async () => {
  const faults: Record<string, Fault> = { b: 'lost', c: 'late', d: 'unknown', e: 'conflict' };
  const inner = createMemoryStore('test');
  const store = createFaultyStore(inner, {
    chooseFault: ({ writes }) => faults[writes[0]?.key ?? ''] ?? 'none',
  });
  const outcomes = await store.commit(['a', 'b', 'c', 'd', 'e'].map(put));
  expect(outcomes.map(({ outcome }) => outcome)).toEqual([
    'applied',
    'unknown',
    'unknown',
    'unknown',
    'conflict',
  ]);
  const present = async () => {
    const found: string[] = [];
    for await (const { key } of store.list('')) found.push(key);
    return found;
  };
  expect(await present()).toEqual(['a', 'd']);
  expect(store.lateItems.length).toBe(1);
  expect(await store.applyLate()).toEqual({ outcome: 'applied', version: 3n });
  expect(await store.applyLate()).toBeUndefined();
  expect(await present()).toEqual(['a', 'c', 'd']);
});

test('behavior: a late write loses when its version has gone', async () => {
  const inner = createMemoryStore('test');
  const store = createFaultyStore(inner, { chooseFault: () => 'late' });
  await store.commit([put('a')]);
  await inner.commit([put('a')]);
  expect(await store.applyLate()).toEqual({ outcome: 'conflict' });
});

test('behavior: reads wait for, and fail with, what the test says', async () => {
  const store = createFaultyStore(createMemoryStore('test'), {
    beforeRead: (key) => {
      if (key === 'bad') throw 'no store';
    },
  });
  await expect(store.get('bad')).rejects.toBe('no store');
  expect(await store.get('good')).toBeUndefined();
});
