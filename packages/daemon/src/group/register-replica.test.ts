import { beforeEach, expect, test, vi } from 'vitest';
import { createMemoryStore, createSharedMemory } from '../store/memory-store.ts';
import type { Owner, Store } from '../store/store.ts';
import type { GroupState } from './group-watch.ts';
import { listReplicas } from './list-replicas.ts';
import { registerReplica } from './register-replica.ts';
import type { Replica } from './replica.ts';

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

beforeEach(async () => {
  faults.length = 0;
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
