import { type Etcd, startEtcd } from '@snetkit/etcd';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EtcdStore, openEtcdStore } from '../../../src/store/etcd/etcd-store.ts';
import type { CommitItem } from '../../../src/store/store.ts';

let etcd: Etcd;
let store: EtcdStore;
beforeAll(async () => {
  etcd = await startEtcd();
  store = await openEtcdStore({ endpoints: etcd.endpoints, scope: 'test' });
  await store.openOwner();
});
afterAll(async () => {
  await store?.close();
  await etcd?.stop();
});

const value = new Uint8Array(10);

function item(name: string, checks: number, writes: number): CommitItem {
  return {
    checks: Array.from({ length: checks }, (_, i) => ({ key: `${name}/${i}`, version: 0n })),
    writes: Array.from({ length: writes }, (_, i) => ({ key: `${name}/${i}`, value })),
  };
}

const applied = async (items: readonly CommitItem[]) =>
  new Set((await store.commit(items)).map((one) => one.outcome));

// The counts were found by trying: etcd refuses one operation more.
test.each([
  ['as many items as a request takes', 120, 1, 1],
  ['items of two keys', 200, 2, 2],
  ['items whose comparisons decide', 130, 7, 1],
  ['items whose writes decide', 130, 1, 20],
  ['items that leave no room for others', 3, 126, 1],
  ['items of so many writes', 3, 1, 127],
])('behavior: etcd takes %s', async (name, count, checks, writes) => {
  const items = Array.from({ length: count }, (_, i) => item(`${name}/${i}`, checks, writes));
  expect(await applied(items)).toEqual(new Set(['applied']));
});

test('error: an item that no request can hold', async () => {
  expect(await store.commit([item('too large', 1, 128)])).toMatchObject([
    {
      outcome: 'unknown',
      cause: { found: 'etcdserver: too many operations in txn request' },
    },
  ]);
});
