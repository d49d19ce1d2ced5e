import { BaseError } from '@snetkit/core';
import { beforeEach, expect, test, vi } from 'vitest';
import { createMemoryStore, createSharedMemory } from '../store/memory-store.ts';
import type { Owner, Store } from '../store/store.ts';
import type { GroupState } from './group-watch.ts';
import { listReplicas } from './list-replicas.ts';
import { registerReplica } from './register-replica.ts';
import { encodeReplica, type Replica } from './replica.ts';

const replica: Replica = {
  serviceId: 'service',
  host: 'machine',
  endpoint: 'http://127.0.0.1:8080',
  version: 'v1.2.3',
  startedAt: 1_700_000_000,
  processId: 42,
};

let store: Store;
let owner: Owner;
let look: () => void;
const faults: unknown[] = [];
const seen: string[][] = [];

beforeEach(async () => {
  faults.length = 0;
  seen.length = 0;
  store = createMemoryStore('test', { memory: createSharedMemory() });
  owner = await store.openOwner();
});

function register() {
  return registerReplica({
    store,
    ownership: { owner: () => owner },
    watch: {
      subscribe(listener) {
        look = () => listener({} as GroupState, {} as GroupState);
        return () => {
          look = () => {};
        };
      },
    },
    replica,
    onReplicas: (living) => seen.push(living.map((one) => one.owner)),
    onFault: (fault) => faults.push(fault),
  });
}

test('default: a replica is listed while it serves', async () => {
  const registration = await register();
  expect(await listReplicas(store)).toEqual([{ owner: owner.id, ...replica }]);
  await registration.close();
  expect(await listReplicas(store)).toEqual([]);
});

test('behavior: it is registered again in the name of a new owner, and the old entry goes', async () => {
  const registration = await register();
  const lost = owner;
  owner = await store.openOwner();
  await lost.release();
  look();
  await vi.waitUntil(async () => (await listReplicas(store))[0]?.owner === owner.id);
  expect(await listReplicas(store)).toHaveLength(1);
  await registration.close();
});

test('behavior: a write that fails is tried again with the next look', async () => {
  const commit = vi.spyOn(store, 'commit');
  commit.mockResolvedValueOnce([{ outcome: 'unknown', cause: 'gone' }]);
  const registration = await register();
  expect(await listReplicas(store)).toEqual([]);
  look();
  await vi.waitUntil(async () => (await listReplicas(store)).length === 1);
  await registration.close();
});

test('behavior: whoever comes by removes the dead', async () => {
  await register();
  await owner.release();
  owner = await store.openOwner();
  await register();
  const keys: string[] = [];
  for await (const { key } of store.list('serving/')) keys.push(key);
  expect(keys).toEqual([`serving/${owner.id}`]);
  expect(faults).toEqual([]);
});

test('behavior: it is told who lives, and who lives is asked when the list has changed', async () => {
  const isOwnerAlive = vi.spyOn(store, 'isOwnerAlive');
  const registration = await register();
  expect(seen).toEqual([[owner.id]]);
  const list = vi.spyOn(store, 'list');
  for (let looks = 1; looks <= 9; looks++) {
    look();
    await vi.waitUntil(() => list.mock.calls.length >= looks);
    await list.mock.results.at(-1)?.value;
    await new Promise(setImmediate);
  }
  expect(isOwnerAlive).toHaveBeenCalledTimes(1);

  const other = await store.openOwner();
  const value = encodeReplica(replica);
  await store.commit([{ checks: [], writes: [{ key: `serving/${other.id}`, value }] }]);
  look();
  await vi.waitUntil(() => seen.length === 2);
  expect(seen[1]?.toSorted()).toEqual([owner.id, other.id].toSorted());
  await registration.close();
});

test('behavior: one that died without a word is missed after some looks', async () => {
  const registration = await register();
  const other = await store.openOwner();
  const value = encodeReplica(replica);
  await store.commit([{ checks: [], writes: [{ key: `serving/${other.id}`, value }] }]);
  look();
  await vi.waitUntil(() => seen.length === 2);
  await other.release();
  await vi.waitUntil(async () => {
    look();
    await new Promise(setImmediate);
    return seen.at(-1)?.length === 1;
  });
  await registration.close();
});

test('behavior: a store that is away is no fault, and the next look comes by', async () => {
  const registration = await register();
  const away = new BaseError('STORE_UNAVAILABLE', 'The store is away.');
  vi.spyOn(store, 'list').mockImplementationOnce(() => {
    throw away;
  });
  look();
  const other = await store.openOwner();
  const value = encodeReplica(replica);
  await store.commit([{ checks: [], writes: [{ key: `serving/${other.id}`, value }] }]);
  await vi.waitUntil(() => {
    look();
    return seen.at(-1)?.length === 2;
  });
  expect(faults).toEqual([]);
  await registration.close();
});
