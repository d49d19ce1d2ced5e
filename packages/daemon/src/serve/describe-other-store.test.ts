import { expect, test } from 'vitest';
import { testConfig } from '../../test/services/test-config.ts';
import { describeOtherStore } from './describe-other-store.ts';

const storage = {
  type: 'etcd',
  endpoints: ['https://user:secret@etcd-b.example:2379/key', 'http://etcd-a.example:2379'],
  connectionTimeout: '',
  requestTimeout: '',
};

test('default: nothing contradicts when the metadata names no store', async () => {
  const config = await testConfig();
  expect(describeOtherStore(config, { storage: { ...storage, endpoints: [] } })).toBe(undefined);
  expect(describeOtherStore(config, { storage: { ...storage, type: 'sqlite' } })).toBe(undefined);
});

test('behavior: etcd in the metadata, sqlite here', async () => {
  expect(describeOtherStore(await testConfig(), { storage })).toMatchInlineSnapshot(
    `"the organization metadata names an etcd (etcd-a.example:2379, etcd-b.example:2379) for the payments of this group, but this daemon keeps them in sqlite: a daemon that follows the metadata would accept the same payments a second time; let one store serve the group"`,
  );
});

test('behavior: another etcd than the metadata names', async () => {
  const other = await testConfig({
    SNET_PAYMENT_CHANNEL_STORAGE_TYPE: 'etcd',
    SNET_PAYMENT_CHANNEL_STORAGE_CLIENT: '{"endpoints":["http://10.0.0.1:2379"]}',
  });
  expect(describeOtherStore(other, { storage })).toMatchInlineSnapshot(
    `"the organization metadata names another etcd (etcd-a.example:2379, etcd-b.example:2379) for the payments of this group than payment_channel_storage_client (10.0.0.1:2379): a daemon that follows the metadata would accept the same payments a second time, unless both lead to one cluster"`,
  );
  const same = await testConfig({
    SNET_PAYMENT_CHANNEL_STORAGE_TYPE: 'etcd',
    SNET_PAYMENT_CHANNEL_STORAGE_CLIENT: '{"endpoints":["http://etcd-a.example:2379"]}',
  });
  expect(describeOtherStore(same, { storage })).toBe(undefined);
  const fromMetadata = await testConfig({ SNET_PAYMENT_CHANNEL_STORAGE_TYPE: 'etcd' });
  expect(describeOtherStore(fromMetadata, { storage })).toBe(undefined);
});
