import { join } from 'node:path';
import type { JsonObject } from '@snetkit/core';
import type { ContractAddresses, PosedNetwork } from '../contracts/deploy-contracts.ts';

/** What a daemon of a local network has to know. */
export interface DaemonConfigOptions {
  readonly as?: PosedNetwork | undefined;
  readonly chainId: number;
  readonly rpcUrl: string;
  readonly contracts: ContractAddresses;
  readonly contentUrl: string;
  readonly organizationId: string;
  readonly serviceId: string;
  readonly groupName: string;
  /** URL of the service behind the daemon. */
  readonly serviceEndpoint: string;
  /** URL under which the daemon was published. */
  readonly daemonEndpoint: string;
  /** Where the daemon keeps its payments. */
  readonly directory: string;
}

/** The configuration file of a daemon on a local network (keys: protocol/daemon.md 6.2, and snetd's own). */
export function createDaemonConfig(options: DaemonConfigOptions): JsonObject {
  const { as, contracts, daemonEndpoint, directory } = options;
  return {
    // Posing as a known network, the daemon takes the addresses from its own table.
    blockchain_network_selected: as ?? 'devnet',
    ...(as === undefined && {
      chain_id: options.chainId,
      registry_address_key: contracts.registry,
      mpe_address_key: contracts.mpe,
      token_address_key: contracts.token,
    }),
    ethereum_json_rpc_http_endpoint: options.rpcUrl,
    // Blocks come as fast as transactions do; asking costs nothing here.
    block_poll_interval: '250ms',
    ipfs_endpoint: options.contentUrl,
    // The content store answers for Lighthouse, too.
    lighthouse_endpoint: `${options.contentUrl}/ipfs/`,
    organization_id: options.organizationId,
    service_id: options.serviceId,
    daemon_group_name: options.groupName,
    daemon_endpoint: new URL(daemonEndpoint).host,
    service_endpoint: options.serviceEndpoint,
    payment_channel_storage_type: 'sqlite',
    payment_channel_storage_path: join(directory, 'storage'),
    stop_grace_period: '2s',
  };
}
