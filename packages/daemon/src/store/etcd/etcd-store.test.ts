import { type Etcd, startEtcd } from '@snetkit/etcd';
import { afterAll, beforeAll } from 'vitest';
import { testStoreConformance } from '../../../test/store/store-conformance.ts';
import { KV } from '../../gen/etcdserverpb/rpc_pb.ts';
import type { Store } from '../store.ts';
import { createEtcdClient } from './etcd-client.ts';
import { openEtcdStore } from './etcd-store.ts';

let etcd: Etcd;
beforeAll(async () => {
  etcd = await startEtcd();
});
afterAll(() => etcd?.stop());

testStoreConformance('etcd', async () => {
  await deleteEverything();
  const opened: Store[] = [];
  return {
    hasLeases: true,
    async open(scope = 'test') {
      const store = await openEtcdStore({ endpoints: etcd.endpoints, scope });
      opened.push(store);
      return store;
    },
    async [Symbol.asyncDispose]() {
      for (const store of opened) await store.close();
    },
  };
});

async function deleteEverything(): Promise<void> {
  const client = createEtcdClient({ endpoints: etcd.endpoints });
  const all = { key: Buffer.of(0), rangeEnd: Buffer.of(0) };
  const success = [{ request: { case: 'requestDeleteRange' as const, value: all } }];
  await client.call(KV.method.txn, { success }, { mayRepeat: true });
  client.close();
}
