import { type ChainClient, getOrganization, getService } from '@snetkit/contracts';
import type { Address } from '@snetkit/core';
import {
  type ResolvedService,
  resolveService,
  type ServiceLimits,
  type ServiceLookup,
} from '@snetkit/metadata';
import type { Config } from '../config/config.ts';

/** Which service. */
export interface FindServiceOptions {
  readonly organizationId: string;
  readonly serviceId: string;
  /** The first group of the service unless given. */
  readonly groupName?: string | undefined;
  /** What is put up with at most. */
  readonly limits?: ServiceLimits | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What is asked for services: the engine. */
export interface ServicePlace {
  readonly config: Config;
  readonly chain: ChainClient;
  checkChain(signal?: AbortSignal): Promise<void>;
}

/**
 * Follows a service from the registry to its protos; every byte is verified, and the escrow must be
 * that of the network.
 */
export async function findService(
  place: ServicePlace,
  options: FindServiceOptions,
): Promise<ResolvedService> {
  await place.checkChain(options.signal);
  const { config, chain } = place;
  return resolveService({
    ...options,
    lookup: createLookup(chain, config.stand.registry),
    content: config.content,
    expectedMpe: config.stand.multiPartyEscrow,
  });
}

function createLookup(chain: ChainClient, registry: Address): ServiceLookup {
  return {
    async getOrganizationUri(organizationId, { signal }) {
      const organization = await getOrganization(chain, { registry, organizationId, signal });
      return organization?.metadataUri;
    },
    async getServiceUri(organizationId, serviceId, { signal }) {
      const service = await getService(chain, { registry, organizationId, serviceId, signal });
      return service?.metadataUri;
    },
  };
}
