import type { PaymentStorage } from '@snetkit/metadata';
import type { Config } from '../config/schema.ts';
import type { EtcdStore } from '../store/etcd/etcd-store.ts';

/**
 * What an operator should know of the etcd that payments lie in; empty when all is well.
 *
 * @returns lines for the log
 */
export async function describeEtcd(options: {
  config: Config;
  storage: PaymentStorage;
  store: Pick<EtcdStore, 'keepsHistory'>;
}): Promise<readonly string[]> {
  const { config, storage, store } = options;
  const { payment_channel_storage_user: user, payment_channel_storage_client: client } = config;
  const endpoints = client.endpoints?.length ? client.endpoints : storage.endpoints;
  const isOpen = endpoints.some((text) => {
    const { protocol, hostname } = URL.parse(text) ?? {};
    return protocol === 'http:' && !/^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(hostname ?? '');
  });
  const lines: string[] = [];
  if (user !== undefined && isOpen) {
    lines.push('The password for etcd crosses the network unencrypted: use https endpoints');
  }
  if (await store.keepsHistory().catch(() => false)) {
    lines.push(
      'etcd keeps all its old revisions, and each commit makes one: start it with --auto-compaction-retention, or it runs out of space',
    );
  }
  return lines;
}
