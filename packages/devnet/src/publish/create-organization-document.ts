import type { Address, JsonObject } from '@snetkit/core';

/** What an organization document says. */
export interface OrganizationDocumentOptions {
  readonly organizationId: string;
  readonly groupName: string;
  /** Base64 of 32 bytes. */
  readonly groupId: string;
  readonly paymentAddress: Address;
  /** Blocks that a channel must still be valid for. */
  readonly paymentExpirationThreshold: bigint;
  /** Members of an etcd that keeps the payments of the group. */
  readonly storageEndpoints?: readonly string[] | undefined;
}

/**
 * An organization document that loads in the official daemon as well (protocol/metadata.md 4). Unless there
 * is an etcd it names none, though the validator of the official CLI wants one.
 */
export function createOrganizationDocument(options: OrganizationDocumentOptions): JsonObject {
  const { organizationId, groupName, groupId, paymentAddress } = options;
  return {
    org_name: 'Local network',
    org_id: organizationId,
    org_type: 'organization',
    description: {
      description: 'Made for a local network; nothing here is worth anything.',
      short_description: 'An organization on a local network',
      url: 'https://example.org',
    },
    assets: {},
    contacts: [],
    groups: [
      {
        group_name: groupName,
        group_id: groupId,
        payment: {
          payment_address: paymentAddress,
          payment_expiration_threshold: options.paymentExpirationThreshold,
          payment_channel_storage_type: 'etcd',
          payment_channel_storage_client: {
            connection_timeout: '7s',
            request_timeout: '5s',
            endpoints: [...(options.storageEndpoints ?? [])],
          },
        },
      },
    ],
  };
}
