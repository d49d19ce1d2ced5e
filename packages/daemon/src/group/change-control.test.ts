import { beforeEach, expect, test } from 'vitest';
import { createFaultyStore, type Fault, type FaultyStore } from '../store/faulty-store.ts';
import { createMemoryStore } from '../store/memory-store.ts';
import { changeControl } from './change-control.ts';
import { controlKey, decodeControl, type GroupControl, untouchedControl } from './control.ts';

let store: FaultyStore;
let faults: Fault[];
const stop = (control: GroupControl): GroupControl =>
  control.isStopped ? control : { ...control, isStopped: true, switchedAt: 7 };

beforeEach(() => {
  faults = [];
  store = createFaultyStore(createMemoryStore('test'), {
    chooseFault: () => faults.shift() ?? 'none',
  });
});

const stored = async () => decodeControl((await store.get(controlKey))?.value);

test('default: a change is written once, and not when nothing changes', async () => {
  const first = await changeControl(store, stop);
  expect(first).toEqual({
    control: { ...untouchedControl, isStopped: true, switchedAt: 7 },
    version: 1n,
  });
  expect(await changeControl(store, stop)).toEqual(first);
  expect((await store.get(controlKey))?.version).toBe(1n);
});

test('behavior: everything that the switch has comes back from the store', async () => {
  const control: GroupControl = {
    isStopped: true,
    operator: `0x${'ab'.repeat(20)}`,
    switchedAt: 1_700_000_000,
    used: [
      {
        method: 'StopProcessingRequests',
        signer: `0x${'cd'.repeat(20)}`,
        block: 2n ** 63n,
        id: `0x${'01'.repeat(16)}`,
      },
    ],
  };
  await changeControl(store, () => control);
  expect(await stored()).toEqual(control);
});

test('behavior: changes at the same time all count', async () => {
  const use = (id: string) =>
    changeControl(store, (control) => ({
      ...control,
      used: [...control.used, { method: 'm', signer: `0x${'00'.repeat(20)}`, block: 1n, id }],
    }));
  const ids = ['0x01', '0x02', '0x03', '0x04'];
  await Promise.all(ids.map(use));
  expect((await stored()).used.map(({ id }) => id).sort()).toEqual(ids);
});

test.each(['unknown', 'lost', 'conflict'] as const)(
  'behavior: an attempt that ends "%s" is tried again',
  async (fault) => {
    faults = [fault];
    await changeControl(store, stop);
    expect((await stored()).isStopped).toBe(true);
  },
);

test('behavior: a write that comes late does not undo what was written since', async () => {
  faults = ['late'];
  await changeControl(store, stop);
  await changeControl(store, (control) => ({ ...control, isStopped: false }));
  expect(await store.applyLate()).toEqual({ outcome: 'conflict' });
  expect((await stored()).isStopped).toBe(false);
});

test('error: a store that takes no write', async () => {
  faults = Array.from({ length: 100 }, () => 'lost' as const);
  await expect(changeControl(store, stop)).rejects.toMatchObject({
    code: 'STORE_UNAVAILABLE',
    shortMessage: 'The stop switch of the group cannot be written.',
  });
});

test('error: a value that nobody of ours wrote', async () => {
  const value = Buffer.from([0xff, 0xff]);
  await store.commit([{ checks: [], writes: [{ key: controlKey, value }] }]);
  await expect(changeControl(store, stop)).rejects.toMatchObject({
    code: 'STORE_VALUE_INVALID',
    place: 'control/stopped',
  });
});
