// What the organization and the service say about themselves.
import { parseAmount, type Stand } from '@snetkit/core';
import {
  addOrganizationGroup,
  addServiceGroup,
  createGroupId,
  createOrganizationMetadata,
  createServiceMetadata,
} from '@snetkit/metadata';

/** What differs from one provider to the next. */
export interface Offer {
  readonly organizationId: string;
  readonly serviceId: string;
  readonly stand: Stand;
  /** Where the protos are: `ipfs://...`. */
  readonly apiSource: string;
  /** Owns the organization, runs the daemon, and is paid. */
  readonly provider: string;
  /** URL of the daemon. */
  readonly endpoint: string;
}

const groupName = 'default_group';
const price = '0.002 FET';

/** Both documents, joined by a payment group. */
export function createDocuments(offer: Offer) {
  const { organizationId, serviceId, stand, apiSource, provider, endpoint } = offer;
  const groupId = createGroupId();
  const organization = addOrganizationGroup(
    createOrganizationMetadata({
      organizationName: 'Example',
      organizationId,
      organizationType: 'organization',
      description: 'Shows how a service is published.',
    }),
    {
      groupName,
      groupId,
      paymentAddress: provider,
      // Official tools want one; a daemon that keeps its payments in files does not ask it.
      storageEndpoints: ['http://127.0.0.1:2379'],
    },
  );
  const service = addServiceGroup(
    createServiceMetadata({
      displayName: serviceId,
      mpeAddress: stand.multiPartyEscrow,
      apiSource,
      url: 'https://example.org',
      shortDescription: 'Finds out in which language a text is written',
      description: 'Finds out in which language a text is written.',
    }),
    {
      groupName,
      groupId,
      priceInCogs: parseAmount(price, { symbol: stand.token, decimals: stand.tokenDecimals }),
      endpoints: [endpoint],
      daemonAddresses: [provider],
    },
  );
  return { organization, service };
}
