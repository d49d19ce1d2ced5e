import { beforeEach, expect, test, vi } from 'vitest';
import { createManualTimers, type ManualTimers } from '../../test/chain/manual-timers.ts';
import type { Timers } from '../accounts/account-ports.ts';
import { createFaultyStore } from '../store/faulty-store.ts';
import { createMemoryStore } from '../store/memory-store.ts';
import type { Store } from '../store/store.ts';
import { changeControl } from './change-control.ts';
import type { GroupControl } from './control.ts';
import { epochKey, type GroupWatch, startGroupWatch } from './group-watch.ts';

let store: Store;
let timers: ManualTimers & Timers;
let reads: string[];
let beforeRead: () => void | Promise<void>;
let reachable: boolean[];
let watch: GroupWatch;
let end: AbortController;

const set = (isStopped: boolean) => (control: GroupControl) => ({ ...control, isStopped });

beforeEach(() => {
  reads = [];
  reachable = [];
  beforeRead = () => {};
  end = new AbortController();
  timers = { ...createManualTimers(), wallSeconds: () => 0 };
  store = createFaultyStore(createMemoryStore('test'), {
    beforeRead: (key) => {
      reads.push(key);
      return beforeRead();
    },
  });
  watch = startGroupWatch({
    store,
    timers,
    signal: end.signal,
    onReachable: (isReachable) => reachable.push(isReachable),
    onFault: (fault) => {
      throw fault;
    },
  });
});

test('default: two reads a second, and everybody who listens is told', async () => {
  const seen: boolean[] = [];
  watch.subscribe(({ control }) => seen.push(control.isStopped));
  await changeControl(store, set(true));
  reads.length = 0;
  timers.advance(1_000);
  await vi.waitUntil(() => seen.length === 1);
  expect(reads).toEqual(['control/stopped', 'epoch']);
  await changeControl(store, set(false));
  await vi.waitUntil(() => {
    timers.advance(1_000);
    return seen.length >= 2;
  });
  expect(seen.slice(0, 2)).toEqual([true, false]);
  expect(reachable).toEqual([]);
});

test('behavior: while the store does not answer, what was known last holds', async () => {
  await changeControl(store, set(true));
  await watch.look();
  beforeRead = () => {
    throw new Error('gone');
  };
  await expect(watch.look()).rejects.toThrow('gone');
  expect(watch.state.control.isStopped).toBe(true);
  expect(watch.isStoreReachable).toBe(false);
  beforeRead = () => {};
  await watch.look();
  expect(watch.isStoreReachable).toBe(true);
  expect(reachable).toEqual([false, true]);
});

test('behavior: a store that hangs is given up on, and asked again', async () => {
  beforeRead = () => new Promise(() => {});
  const look = watch.look();
  timers.advance(5_000);
  await expect(look).rejects.toMatchObject({
    code: 'STORE_UNAVAILABLE',
    expected: 'an answer within 5000 ms',
  });
  expect(watch.isStoreReachable).toBe(false);
  beforeRead = () => {};
  await vi.waitUntil(() => {
    timers.advance(1_000);
    return watch.isStoreReachable;
  });
});

test('behavior: a look that began before an own write does not undo it', async () => {
  await changeControl(store, set(false));
  const held = Promise.withResolvers<void>();
  const slow = {
    ...store,
    get: async (key: string) => {
      const found = await store.get(key);
      await held.promise;
      return found;
    },
  };
  const other = startGroupWatch({ store: slow, timers, signal: end.signal, onFault() {} });
  const look = other.look();
  await vi.waitUntil(() => reads.includes(epochKey));
  other.adopt(await changeControl(store, set(true)));
  expect(other.state.control.isStopped).toBe(true);
  held.resolve();
  await look;
  expect(other.state.control.isStopped).toBe(true);
});

test('behavior: a store that was restored begins anew, with versions of its own', async () => {
  for (const isStopped of [true, false, true]) await changeControl(store, set(isStopped));
  await watch.look();
  const restored = createMemoryStore('test');
  await restored.commit([{ checks: [], writes: [{ key: epochKey, value: Buffer.from('2') }] }]);
  const epochs: bigint[] = [];
  watch.subscribe((state) => epochs.push(state.epoch));
  vi.spyOn(store, 'get').mockImplementation((key) => restored.get(key));
  await watch.look();
  expect(epochs).toEqual([1n]);
  expect(watch.state.control.isStopped).toBe(false);
});

test('behavior: it ends with its signal', async () => {
  end.abort();
  timers.advance(10_000);
  expect(reads).toEqual([]);
});
