import type { ChainClient } from '@snetkit/contracts';
import type { ResolvedService } from '@snetkit/metadata';
import { loadConfig } from '../config/load.ts';
import { type DaemonNetwork, getDaemonNetwork } from '../config/network.ts';
import type { Config } from '../config/schema.ts';
import { findLivingOwners, type LivingOwner } from '../group/find-living-owners.ts';
import { createCounters } from '../observe/counters.ts';
import { openChain } from '../serve/open-chain.ts';
import { openStore } from '../serve/open-store.ts';
import { readService } from '../serve/read-service.ts';
import type { Store } from '../store/store.ts';
import { type StoreScopeOptions, storeScope } from '../store/store-scope.ts';
import type { CommandInput } from './command.ts';

/** The group that a configuration names, as commands that move its state see it. */
export interface OpenGroup {
  readonly config: Config;
  readonly network: DaemonNetwork;
  readonly client: ChainClient;
  readonly service: ResolvedService;
  readonly scope: StoreScopeOptions;
  readonly store: Store;
  /** The scope as the store's keys begin. */
  readonly scopeText: string;
  /** Where the store is, for messages. */
  readonly place: string;
  /**
   * Replicas that have the store in their hands.
   *
   * @throws BaseError when that cannot be found out
   */
  findOwners(): Promise<readonly LivingOwner[]>;
}

/**
 * Opens the store of the configured group, works with it and closes it. Ctrl+C ends the work between
 * two writes.
 *
 * @param prepare - is called before the store is opened
 * @throws BaseError
 */
export async function withGroup<T>(
  { options, env }: Pick<CommandInput, 'options' | 'env'>,
  work: (group: OpenGroup, signal: AbortSignal) => Promise<T>,
  prepare: (config: Config, scopeText: string) => Promise<void> = async () => {},
): Promise<T> {
  const { config } = await loadConfig({ file: options['config'] as string | undefined, env });
  const stop = new AbortController();
  const onSignal = () => stop.abort();
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  try {
    const { signal } = stop;
    const network = getDaemonNetwork(config);
    const counters = createCounters().chain;
    const client = await openChain({ config, network, counters, signal });
    const service = await readService({ client, config, network, signal });
    const scope: StoreScopeOptions = {
      chainId: network.chainId,
      mpe: network.mpe,
      organizationId: service.organizationId,
      groupId: service.group.groupId,
    };
    await prepare(config, storeScope(scope));
    const store = await openStore({ config, network, service });
    try {
      const isSqlite = config.payment_channel_storage_type === 'sqlite';
      const directory = isSqlite ? config.payment_channel_storage_path : undefined;
      const findOwners = () => findLivingOwners({ store, directory });
      const place = directory ?? 'etcd';
      const group = { config, network, client, service, scope, store, place, findOwners };
      return await work({ ...group, scopeText: storeScope(scope) }, signal);
    } finally {
      await store.close();
    }
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}
