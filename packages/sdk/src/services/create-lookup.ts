import { type ChainClient, getOrganization, getService } from '@snetkit/contracts';
import type { Address } from '@snetkit/core';
import type { ServiceLookup } from '@snetkit/metadata';

/** Looks storage URIs up in the registry. */
export function createLookup(chain: ChainClient, registry: Address): ServiceLookup {
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
