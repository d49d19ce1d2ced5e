import { existsSync } from 'node:fs';
import { getDaemonNetwork } from '../config/network.ts';
import type { Config } from '../config/schema.ts';
import { openSqliteStore } from '../store/sqlite-store.ts';
import type { Store } from '../store/store.ts';
import { readEtcdOptions } from './read-etcd-options.ts';

/**
 * Opens the configured store to look into it. Chain and metadata are asked only for endpoints of etcd
 * that the configuration does not name.
 *
 * @returns undefined where there is none; opening would make one
 * @throws BaseError
 */
export async function openExistingStore(
  config: Config,
  scope: string,
  signal: AbortSignal,
): Promise<Store | undefined> {
  const path = config.payment_channel_storage_path;
  switch (config.payment_channel_storage_type) {
    case 'sqlite':
      return existsSync(path) ? openSqliteStore({ path, scope }) : undefined;
    case 'etcd': {
      const { openEtcdStore } = await import('../store/etcd/etcd-store.ts');
      return openEtcdStore({ ...(await findEtcd(config, signal)), scope });
    }
  }
}

async function findEtcd(config: Config, signal: AbortSignal) {
  if (config.payment_channel_storage_client.endpoints?.length) return readEtcdOptions(config);
  const [{ openChain }, { createCounters }, { readPaymentStorage }] = await Promise.all([
    import('./open-chain.ts'),
    import('../observe/counters.ts'),
    import('./read-payment-storage.ts'),
  ]);
  const network = getDaemonNetwork(config);
  const { chain: counters } = createCounters();
  const client = await openChain({ config, network, counters, signal });
  const found = await readPaymentStorage({ client, config, network, signal });
  return readEtcdOptions(config, found?.storage);
}
