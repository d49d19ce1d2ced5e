import { type ChainClient, getOrganization, getService } from '@snetkit/contracts';
import { BaseError } from '@snetkit/core';
import { type ResolvedService, resolveService } from '@snetkit/metadata';
import type { DaemonNetwork } from '../config/network.ts';
import type { Config } from '../config/schema.ts';
import { createContent } from './create-content.ts';

/**
 * Follows the configured service from the registry to its documents and protos. Every byte is checked
 * against its CID, the escrow contract against the network.
 *
 * @throws BaseError that names what is not registered, the content that is wrong, or the field
 */
export async function readService(options: {
  client: ChainClient;
  config: Config;
  network: DaemonNetwork;
  signal: AbortSignal;
}): Promise<ResolvedService> {
  const { client, config, network, signal } = options;
  const { registry } = network;
  const resolved = await resolveService({
    lookup: {
      async getOrganizationUri(organizationId, { signal }) {
        const found = await getOrganization(client, { registry, organizationId, signal });
        return found?.metadataUri;
      },
      async getServiceUri(organizationId, serviceId, { signal }) {
        const found = await getService(client, { registry, organizationId, serviceId, signal });
        return found?.metadataUri;
      },
    },
    content: createContent(config),
    organizationId: config.organization_id,
    serviceId: config.service_id,
    groupName: config.daemon_group_name,
    expectedMpe: network.mpe,
    signal,
  });
  checkServiceType(resolved);
  return resolved;
}

/** `executable` is what the README of the official daemon calls a process. */
const serviceTypes = ['grpc', 'http', 'jsonrpc', 'process', 'executable'];

function checkServiceType({ service, serviceUri }: ResolvedService): void {
  if (serviceTypes.includes(service.serviceType)) return;
  throw new BaseError('SERVICE_TYPE_UNSUPPORTED', 'The service is of a kind that nobody knows.', {
    place: `${serviceUri}: service_type`,
    expected: 'grpc, http, jsonrpc or process',
    found: JSON.stringify(service.serviceType),
    hint: 'Correct service_type in the metadata of the service, and publish it again.',
  });
}
