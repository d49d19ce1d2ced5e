import type { Address } from '@snetkit/core';
import type { RegistryFunctions } from '../gen/registry.ts';
import type { Service } from './get-service.ts';
import { readMetadataUri } from './read-metadata-uri.ts';

/**
 * A service from what `getServiceRegistrationById` returns. Inside this package only.
 *
 * @throws BaseError `TEXT_INVALID`
 */
export function toService(
  result: RegistryFunctions['getServiceRegistrationById']['returns'],
  ids: { registry: Address; organizationId: string; serviceId: string },
): Service | undefined {
  const [found, , uri] = result;
  if (!found) return undefined;
  const { registry, organizationId, serviceId } = ids;
  const place = `service ${serviceId} of ${organizationId} in ${registry}`;
  return { organizationId, serviceId, metadataUri: readMetadataUri(uri, place) };
}
