import type { ChainClient } from '@snetkit/contracts';
import type { ResolvedService } from '@snetkit/metadata';
import { systemChainTimers } from '../chain/timers.ts';
import type { DaemonNetwork } from '../config/network.ts';
import type { Config } from '../config/schema.ts';
import type { Logger } from '../observe/logger.ts';
import type { EtcdStore } from '../store/etcd/etcd-store.ts';
import { describeEtcd } from './describe-etcd.ts';
import { followStorage } from './follow-storage.ts';
import { readPaymentStorage } from './read-payment-storage.ts';

/**
 * Tells what an operator should know of the etcd in use, and lets the store follow the organization's
 * document where that is wanted.
 */
export async function superviseEtcd(options: {
  store: EtcdStore;
  config: Config;
  network: DaemonNetwork;
  service: ResolvedService;
  client: ChainClient;
  log: Logger;
  signal: AbortSignal;
}): Promise<void> {
  const { store, config, network, service, client, log, signal } = options;
  const { storage } = service.group;
  for (const line of await describeEtcd({ config, storage, store })) {
    log.warn({ event: 'etcd' }, line);
  }
  const { hot_reload: isFollowing, endpoints } = config.payment_channel_storage_client;
  if (!isFollowing || endpoints?.length) return;
  followStorage({
    store,
    found: { uri: service.organizationUri, storage },
    read: (knownUri) => readPaymentStorage({ client, config, network, knownUri, signal }),
    intervalMs: config.payment_channel_storage_reload_interval,
    timers: systemChainTimers,
    signal,
    log,
  });
}
