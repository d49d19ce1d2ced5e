import { type ChainClient, getOrganization, getService } from '@snetkit/contracts';
import { BaseError } from '@snetkit/core';
import type { DaemonNetwork } from '../config/network.ts';
import type { Config } from '../config/schema.ts';
import type { ServiceUris } from './follow-service.ts';

/**
 * Asks the Registry where the documents of the configured service are.
 *
 * @throws BaseError `NOT_REGISTERED`, or that the node cannot be reached
 */
export async function readServiceUris(options: {
  client: ChainClient;
  config: Config;
  network: DaemonNetwork;
  signal: AbortSignal;
}): Promise<ServiceUris> {
  const { client, config, network, signal } = options;
  const { organization_id: organizationId, service_id: serviceId } = config;
  const { registry } = network;
  const [organization, service] = await Promise.all([
    getOrganization(client, { registry, organizationId, signal }),
    getService(client, { registry, organizationId, serviceId, signal }),
  ]);
  if (organization !== undefined && service !== undefined) {
    return { organizationUri: organization.metadataUri, serviceUri: service.metadataUri };
  }
  const what = organization === undefined ? 'organization' : 'service';
  throw new BaseError('NOT_REGISTERED', `The ${what} is not registered.`, {
    place: `${what}_id`,
    found: organization === undefined ? organizationId : serviceId,
  });
}
