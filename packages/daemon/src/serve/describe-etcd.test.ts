import { expect, test } from 'vitest';
import type { Config } from '../config/schema.ts';
import { describeEtcd } from './describe-etcd.ts';

const describe = (
  endpoints: readonly string[],
  { user, history = false }: { user?: string; history?: boolean } = {},
) =>
  describeEtcd({
    config: {
      payment_channel_storage_user: user,
      payment_channel_storage_client: {},
    } as unknown as Config,
    storage: { type: 'etcd', connectionTimeout: '', requestTimeout: '', endpoints },
    store: { keepsHistory: async () => history },
  });

test('default: nothing to tell', async () => {
  expect(await describe(['https://etcd.example:2379'], { user: 'snetd' })).toEqual([]);
  expect(await describe(['http://127.0.0.1:2379'], { user: 'snetd' })).toEqual([]);
  expect(await describe(['http://etcd.example:2379'])).toEqual([]);
});

test('behavior: a password in the clear, and a history without end', async () => {
  expect(await describe(['http://etcd.example:2379'], { user: 'snetd', history: true })).toEqual([
    'The password for etcd crosses the network unencrypted: use https endpoints',
    'etcd keeps all its old revisions, and each commit makes one: start it with --auto-compaction-retention, or it runs out of space',
  ]);
});
