import { askEtcd, type Etcd, startEtcd } from '@snetkit/etcd';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EtcdStore, openEtcdStore } from '../../../src/store/etcd/etcd-store.ts';
import type { CommitOutcome } from '../../../src/store/store.ts';

let etcd: Etcd;
let store: EtcdStore;
beforeAll(async () => {
  etcd = await startEtcd({ quotaBytes: 2 ** 21 });
  store = await openEtcdStore({ endpoints: etcd.endpoints, scope: 'test' });
});
afterAll(async () => {
  await store?.close();
  await etcd?.stop();
});

const put = (key: string, bytes: number) =>
  store.commit([{ checks: [], writes: [{ key, value: Buffer.alloc(bytes, 120) }] }]);

/** Several requests at once: some pass the first test for space and fail the second. */
async function fill(): Promise<Map<string, CommitOutcome>> {
  const outcomes = new Map<string, CommitOutcome>();
  for (let round = 0; round < 100; round += 1) {
    const keys = Array.from({ length: 4 }, (_, i) => `fill/${round}/${i}`);
    // As large as a request may be, so that each key makes a request of its own.
    const found = await Promise.all(keys.map((key) => put(key, 1_000_000)));
    for (const [i, [outcome]] of found.entries()) {
      if (outcome !== undefined) outcomes.set(keys[i] as string, outcome);
    }
    if (found.flat().some(({ outcome }) => outcome === 'unknown')) break;
  }
  return outcomes;
}

test('behavior: out of space nothing is promised that is not there, reads go on, and it recovers', async () => {
  const owner = await store.openOwner();
  const before = owner.deadline;
  const outcomes = await fill();
  const unknown = [...outcomes.values()].filter(({ outcome }) => outcome === 'unknown');
  expect(unknown.length).toBeGreaterThan(0);
  expect(unknown[0]).toMatchObject({
    cause: {
      code: 'STORE_UNAVAILABLE',
      found: 'etcdserver: mvcc: database space exceeded',
      hint: 'Compact and defragment etcd or raise --quota-backend-bytes, then disarm the alarm (etcdctl alarm disarm).',
    },
  });
  // At once, so that they share a request; then one by one.
  const keys = [...outcomes].flatMap(([key, { outcome }]) => (outcome === 'applied' ? [key] : []));
  const read = await Promise.all(keys.map((key) => store.get(key)));
  for (const key of keys) read.push(await store.get(key));
  expect(new Set(read.map((entry) => entry?.value.length))).toEqual(new Set([1_000_000]));
  // Still told as unknown: the answer alone does not tell which it was.
  expect(await put('small', 1)).toMatchObject([{ outcome: 'unknown' }]);
  // Who serves goes on living: leases need no space.
  expect(owner.lost.aborted).toBe(false);
  expect(owner.deadline).toBeGreaterThanOrEqual(before);

  await makeSpace();
  expect(await put('small', 1)).toMatchObject([{ outcome: 'applied' }]);
  await owner.release();
});

/** What an operator does. */
async function makeSpace(): Promise<void> {
  const [endpoint = ''] = etcd.endpoints;
  const everything = { key: Buffer.from('test/fill/').toString('base64') };
  const range_end = Buffer.from('test/fill0').toString('base64');
  const { header } = await askEtcd(endpoint, 'kv/deleterange', { ...everything, range_end });
  const { revision } = header as { revision: string };
  await askEtcd(endpoint, 'kv/compaction', { revision, physical: true });
  await askEtcd(endpoint, 'maintenance/defragment', {});
  const { alarms = [] } = await askEtcd(endpoint, 'maintenance/alarm', {});
  for (const raised of alarms as object[]) {
    await askEtcd(endpoint, 'maintenance/alarm', { action: 'DEACTIVATE', ...raised });
  }
}
