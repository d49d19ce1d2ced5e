import { getDaemonId } from '@snetkit/core';
import type { Config } from '../config/schema.ts';
import type { Probe } from './probe.ts';
import type { Readiness } from './readiness.ts';

/** What a heartbeat tells about the daemon. */
export interface HeartbeatOptions {
  readonly config: Config;
  readonly probe: Probe;
  readonly readiness: Pick<Readiness, 'describe'>;
  /** `v0.1.0`. */
  readonly version: string;
  /** Base64 text; empty without a chain. */
  readonly groupId: string;
  /** Why newer metadata do not count; undefined when the newest do. */
  readonly metadataProblem?: string | undefined;
  /** Address text as configured, or as in the network table. */
  readonly registryAddress: string;
}

/** The heartbeat, as one line of JSON (daemon.md 8.5). It always has an answer: a service that is not there is one. */
export async function getHeartbeat(options: HeartbeatOptions): Promise<string> {
  const { config, probe, readiness, version, groupId, registryAddress } = options;
  const { metadataProblem } = options;
  const notServing = readiness.describe();
  const isAlive = await probe.check().then(
    () => true,
    () => false,
  );
  const { organization_id: organizationId, service_id: serviceId } = config;
  const heartbeat = {
    daemonID: getDaemonId({ organizationId, serviceId, groupId, registryAddress }),
    timestamp: Math.floor(Date.now() / 1000).toString(),
    status: isAlive ? 'Online' : 'Offline',
    serviceheartbeat: JSON.stringify({
      serviceID: serviceId,
      status: isAlive && notServing.length === 0 ? 'SERVING' : 'NOT_SERVING',
    }),
    daemonVersion: version,
    blockchainEnabled: config.blockchain_enabled,
    blockchainNetwork: config.blockchain_network_selected,
    storageClientCertDetails: { validFrom: '', validTill: '' },
    // Not fields of the official daemon.
    ...(notServing.length > 0 && { notServing }),
    ...(metadataProblem !== undefined && {
      metadata: `newly published metadata cannot be used, older ones go on counting: ${metadataProblem}`,
    }),
  };
  return `${JSON.stringify(heartbeat)}\n`;
}
