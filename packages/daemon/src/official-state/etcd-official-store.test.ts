import { startEtcd } from '@snetkit/etcd';
import { expect, test } from 'vitest';
import { KV, Lease } from '../gen/etcdserverpb/rpc_pb.ts';
import { createEtcdClient } from '../store/etcd/etcd-client.ts';
import { createEtcdOfficialStore } from './etcd-official-store.ts';

test('default: reads, writes on condition, and sees the sessions of official daemons', async () => {
  await using etcd = await startEtcd();
  const store = createEtcdOfficialStore({ endpoints: etcd.endpoints });
  const client = createEtcdClient({ endpoints: etcd.endpoints });
  const value = Buffer.from('locked');
  const key = 'sepolia/org/group//freecall/lock/{ID:0xab//o/s/g}';
  expect(await store.put(key, value, 0n)).toBe(true);
  expect(await store.put(key, value, 0n)).toBe(false);
  expect(await store.put('sepolia/org/groups', value, 0n)).toBe(true);
  const listed = [];
  for await (const entry of store.list('sepolia/org/group/')) listed.push(entry);
  expect(listed.map((entry) => [entry.key, String(entry.value)])).toEqual([[key, String(value)]]);
  expect(await store.put(key, value, listed[0]?.version ?? 0n)).toBe(true);

  // As the Go client opens a session: 10 s and no key.
  const grant = (TTL: bigint) =>
    client.call(Lease.method.leaseGrant, { TTL }, { mayRepeat: false });
  const session = await grant(10n);
  const replica = await grant(10n);
  await grant(30n);
  const put = { key: Buffer.from('replica'), lease: replica.ID };
  await client.call(
    KV.method.txn,
    { success: [{ request: { case: 'requestPut', value: put } }] },
    { mayRepeat: false },
  );
  expect(await store.listSessions()).toEqual([session.ID.toString(16)]);
  client.close();
  await store.close();
});
