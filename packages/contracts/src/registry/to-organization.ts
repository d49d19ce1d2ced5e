import type { Address } from '@snetkit/core';
import type { RegistryFunctions } from '../gen/registry.ts';
import type { Organization } from './organization.ts';
import { readIds } from './read-id.ts';
import { readMetadataUri } from './read-metadata-uri.ts';

/**
 * An organization from what `getOrganizationById` returns. Inside this package only.
 *
 * @throws BaseError `TEXT_INVALID`
 */
export function toOrganization(
  result: RegistryFunctions['getOrganizationById']['returns'],
  { registry, organizationId }: { registry: Address; organizationId: string },
): Organization | undefined {
  const [found, , uri, owner, members, serviceIds] = result;
  if (!found) return undefined;
  const metadataUri = readMetadataUri(uri, `organization ${organizationId} in ${registry}`);
  return { organizationId, metadataUri, owner, members, serviceIds: readIds(serviceIds) };
}
