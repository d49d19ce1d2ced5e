import { type Etcd, startEtcd } from '@snetkit/etcd';
import { afterEach, expect, test } from 'vitest';
import { type EtcdStore, openEtcdStore } from '../../../src/store/etcd/etcd-store.ts';
import { startHoldProxy } from './hold-proxy.ts';
import { until } from './until.ts';

const clusters: Etcd[] = [];
const opened: EtcdStore[] = [];
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
  for (const etcd of clusters.splice(0)) await etcd.stop();
});

async function start(members: 1 | 3 = 1): Promise<Etcd> {
  const etcd = await startEtcd({ members });
  clusters.push(etcd);
  return etcd;
}

async function open(endpoints: readonly string[]): Promise<EtcdStore> {
  const store = await openEtcdStore({ endpoints, scope: 'test', requestTimeoutMs: 1_000 });
  opened.push(store);
  return store;
}

const put = async (store: EtcdStore, key: string) => {
  const [outcome] = await store.commit([
    { checks: [], writes: [{ key, value: Buffer.from('v') }] },
  ]);
  return outcome?.outcome;
};

test('default: the store moves to other members, and nothing that runs is lost', async () => {
  const { endpoints } = await start(3);
  const [first = '', second = '', third = ''] = endpoints;
  const proxy = await startHoldProxy(first);
  const store = await open([proxy.endpoint]);
  const owner = await store.openOwner();
  let isOver = false;
  const lost: unknown[] = [];
  const work = Promise.all(
    Array.from({ length: 8 }, async (_, i) => {
      while (!isOver) {
        const outcome = await put(store, `k/${i}`);
        if (outcome !== 'applied') lost.push(outcome);
        if ((await store.get(`k/${i}`)) === undefined) lost.push('not there');
      }
    }),
  );
  await store.setEndpoints([second, third]);
  // The connection ends with the last request on it.
  await until(() => proxy.clients === 0);
  const { deadline } = owner;
  await until(() => owner.deadline > deadline);
  isOver = true;
  await work;
  expect(lost).toEqual([]);
  expect(owner.lost.aborted).toBe(false);
  expect(proxy.clients).toBe(0);
  await proxy.close();
});

test('behavior: a commit that is under way ends where it was sent', async () => {
  const { endpoints } = await start();
  const [endpoint = ''] = endpoints;
  const proxy = await startHoldProxy(endpoint);
  const store = await open([proxy.endpoint]);
  proxy.hold();
  const asked = put(store, 'late');
  await until(() => proxy.held.includes('late'));
  await store.setEndpoints([endpoint]);
  // Later ones do not wait for it.
  expect(await store.get('other')).toBeUndefined();
  proxy.seal();
  proxy.letGo();
  expect(await asked).toBe('unknown');
  await until(async () => (await store.get('late')) !== undefined);
  await proxy.close();
});

test('error: members that cannot be reached change nothing', async () => {
  const { endpoints } = await start();
  const store = await open(endpoints);
  await expect(store.setEndpoints(['http://127.0.0.1:1'])).rejects.toMatchObject({
    shortMessage: 'etcd cannot be reached.',
    place: 'etcd 127.0.0.1:1',
  });
  expect(await put(store, 'a')).toBe('applied');
});

test('error: another cluster is never followed', async () => {
  const [one, other] = [await start(), await start()];
  const store = await open(one.endpoints);
  const error: unknown = await store.setEndpoints(other.endpoints).catch((cause: unknown) => cause);
  expect(error).toMatchObject({
    code: 'STORE_UNAVAILABLE',
    shortMessage: 'This etcd belongs to another cluster.',
    hint: 'All endpoints must be members of one cluster. To move to another, stop all daemons, copy the data (snetd store export, import) and start again.',
  });
  expect(await put(store, 'a')).toBe('applied');
  expect(await (await open(other.endpoints)).get('a')).toBeUndefined();
});

test('error: two clusters under one list of endpoints are never both used', async () => {
  const [one, other] = [await start(), await start()];
  const store = await open([...one.endpoints, ...other.endpoints]);
  expect(await put(store, 'a')).toBe('applied');
  await one.stop();
  expect(await put(store, 'a')).toBe('unknown');
  await expect(store.get('a')).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
});
