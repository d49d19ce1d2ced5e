import { createHash } from 'node:crypto';

/** Where clients go, and what they are called. */
export interface ClientPlaceOptions {
  readonly organizationId: string;
  /** One, or all of an organization. */
  readonly serviceIds: readonly string[];
}

/** A service and the names that are made of its ids. */
export interface ClientPlace {
  readonly serviceId: string;
  /** One name of a folder: never leads anywhere else. */
  readonly folder: string;
  readonly packageName: string;
}

/**
 * Names for folders and packages, of ids that may be any text. Where two ids make one name, a piece of
 * the hash of the id tells them apart.
 */
export function nameClientPlaces(options: ClientPlaceOptions): ClientPlace[] {
  const { organizationId, serviceIds } = options;
  const organization = toSlug(organizationId);
  const slugs = serviceIds.map(toSlug);
  return serviceIds.map((serviceId, index) => {
    const slug = slugs[index] ?? '';
    const isAlone = slugs.indexOf(slug) === slugs.lastIndexOf(slug);
    const folder = isAlone ? slug : `${slug}-${getDigest(serviceId)}`;
    return { serviceId, folder, packageName: `${organization}-${folder}-client` };
  });
}

/** Lower-case letters, digits and single hyphens of an id. */
export function toSlug(id: string): string {
  const slug = id
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return slug === '' ? `id-${getDigest(id)}` : slug;
}

function getDigest(id: string): string {
  return createHash('sha256').update(id).digest('hex').slice(0, 8);
}
