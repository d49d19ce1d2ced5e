import type { ResolvedService } from '@snetkit/metadata';
import type { DaemonNetwork } from '../config/network.ts';
import type { Config } from '../config/schema.ts';
import { type EtcdStore, openEtcdStore } from '../store/etcd/etcd-store.ts';
import { openSqliteStore } from '../store/sqlite-store.ts';
import type { Store } from '../store/store.ts';
import { storeScope } from '../store/store-scope.ts';
import { readEtcdOptions } from './read-etcd-options.ts';

/**
 * Opens the store of the group's payments.
 *
 * @throws BaseError STORE_UNAVAILABLE
 */
export async function openStore(options: {
  config: Config;
  network: DaemonNetwork;
  service: ResolvedService;
}): Promise<Store | EtcdStore> {
  const { config, network, service } = options;
  const scope = storeScope({
    chainId: network.chainId,
    mpe: network.mpe,
    organizationId: service.organizationId,
    groupId: service.group.groupId,
  });
  const { payment_channel_storage_type: type, payment_channel_storage_lease: leaseMs } = config;
  if (type === 'sqlite')
    return openSqliteStore({ path: config.payment_channel_storage_path, scope });
  return openEtcdStore({
    ...(await readEtcdOptions(config, service.group.storage)),
    scope,
    leaseMs,
  });
}
