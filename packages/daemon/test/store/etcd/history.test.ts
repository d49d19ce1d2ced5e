import { askEtcd, type Etcd, startEtcd } from '@snetkit/etcd';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEtcdClient, type EtcdClient } from '../../../src/store/etcd/etcd-client.ts';
import { keepsHistory } from '../../../src/store/etcd/keeps-history.ts';

let etcd: Etcd;
let client: EtcdClient;
beforeAll(async () => {
  etcd = await startEtcd();
  client = createEtcdClient({ endpoints: etcd.endpoints });
});
afterAll(async () => {
  client?.close();
  await etcd?.stop();
});

test('default: a cluster whose oldest revisions are still there keeps its history', async () => {
  const [endpoint = ''] = etcd.endpoints;
  const many = 5n;
  expect(await keepsHistory(client, 'a', { many })).toBe(false);
  for (let n = 0; n < 8; n += 1) await askEtcd(endpoint, 'kv/put', { key: 'YQ==', value: 'YQ==' });
  expect(await keepsHistory(client, 'a', { many })).toBe(true);
  expect(await keepsHistory(client, 'a')).toBe(false);
  await askEtcd(endpoint, 'kv/compaction', { revision: '8', physical: true });
  expect(await keepsHistory(client, 'a', { many })).toBe(false);
});
