import { type Address, BaseError } from '@snetkit/core';
import { type ArchiveLimits, defaultArchiveLimits } from '../archives/archive-limits.ts';
import { unpackProtoArchive } from '../archives/unpack-proto-archive.ts';
import type { ContentSource } from '../content/content-source.ts';
import { type ContentSources, getContentSource } from '../content/content-sources.ts';
import { readContent } from '../content/read-content.ts';
import { withDeadline } from '../content/with-deadline.ts';
import { checkMpeAddress } from '../documents/check-mpe-address.ts';
import { checkServiceLimits, type ServiceLimits } from '../documents/check-service-limits.ts';
import { getApiSource } from '../documents/get-api-source.ts';
import { getServiceGroup, type ServiceGroup } from '../documents/get-service-group.ts';
import type { OrganizationMetadata } from '../documents/organization-metadata.ts';
import { readOrganizationMetadata, readServiceMetadata } from '../documents/read-metadata.ts';
import type { ServiceMetadata } from '../documents/service-metadata.ts';

/** Where storage URIs of documents come from: the registry contract, as a rule. */
export interface ServiceLookup {
  /** Storage URI of the organization document; `undefined` when it is not registered. */
  getOrganizationUri(
    organizationId: string,
    options: { signal: AbortSignal },
  ): Promise<string | undefined>;
  /** Storage URI of the service document; `undefined` when it is not registered. */
  getServiceUri(
    organizationId: string,
    serviceId: string,
    options: { signal: AbortSignal },
  ): Promise<string | undefined>;
}

/** Options of {@link resolveService}. */
export interface ResolveServiceOptions {
  readonly lookup: ServiceLookup;
  /** One source serves `ipfs://`; give sources by scheme for more. */
  readonly content: ContentSource | ContentSources;
  readonly organizationId: string;
  readonly serviceId: string;
  /** The first group of the service unless given. */
  readonly groupName?: string | undefined;
  /** The escrow contract that is trusted, from the network table. */
  readonly expectedMpe: Address;
  readonly limits?: ServiceLimits | undefined;
  readonly archiveLimits?: ArchiveLimits | undefined;
  /** Milliseconds for everything together; two minutes unless given. */
  readonly timeoutMs?: number | undefined;
  /** Cancels the resolution. */
  readonly signal?: AbortSignal | undefined;
}

/** A registered service with all that calling or serving it takes; every byte of it was verified. */
export interface ResolvedService {
  readonly organizationId: string;
  readonly serviceId: string;
  readonly organizationUri: string;
  readonly serviceUri: string;
  readonly organization: OrganizationMetadata;
  readonly service: ServiceMetadata;
  readonly group: ServiceGroup;
  /** Storage URI of the proto archive. */
  readonly apiSource: string;
  /** Import path to source text. */
  readonly protoFiles: ReadonlyMap<string, string>;
}

/**
 * Follows a service from the registry to its protos: both documents, the group that both describe,
 * the proto archive. Content is checked against its CID block by block, the escrow address of the
 * document against `expectedMpe`, price and threshold against the caller's limits
 * (protocol/sdk.md 4.12, protocol/metadata.md 6).
 *
 * @throws BaseError `NOT_REGISTERED`, `MPE_ADDRESS_MISMATCH`, `PRICE_ABOVE_LIMIT`,
 *   `THRESHOLD_ABOVE_LIMIT`, and those of `readContent`, the parsers, `getServiceGroup`,
 *   `getApiSource` and `unpackProtoArchive`
 */
export async function resolveService(options: ResolveServiceOptions): Promise<ResolvedService> {
  const { organizationId, serviceId, timeoutMs = 120_000, signal } = options;
  const what = `Resolving the service ${organizationId}/${serviceId}`;
  return withDeadline({ what, timeoutMs, signal }, async (deadline) => {
    const [{ organizationUri, organization }, { serviceUri, service }] = await Promise.all([
      findOrganization(options, deadline),
      findService(options, deadline),
    ]);
    checkMpeAddress(service, options.expectedMpe);
    const group = getServiceGroup(service, organization, options.groupName);
    checkServiceLimits(group, options.limits ?? {}, { organizationUri, serviceUri });
    const protos = await readProtos(service, options, deadline);
    return {
      organizationId,
      serviceId,
      organizationUri,
      serviceUri,
      organization,
      service,
      group,
      ...protos,
    };
  });
}

async function findOrganization(options: ResolveServiceOptions, signal: AbortSignal) {
  const { lookup, content, organizationId } = options;
  const organizationUri = await lookup.getOrganizationUri(organizationId, { signal });
  if (organizationUri === undefined) throw notRegistered('organization', organizationId);
  const organization = await readOrganizationMetadata(content, organizationUri, { signal });
  return { organizationUri, organization };
}

async function findService(options: ResolveServiceOptions, signal: AbortSignal) {
  const { lookup, content, organizationId, serviceId } = options;
  const serviceUri = await lookup.getServiceUri(organizationId, serviceId, { signal });
  if (serviceUri === undefined) throw notRegistered('service', `${organizationId}/${serviceId}`);
  const service = await readServiceMetadata(content, serviceUri, { signal });
  return { serviceUri, service };
}

async function readProtos(
  service: ServiceMetadata,
  { content, archiveLimits }: ResolveServiceOptions,
  signal: AbortSignal,
) {
  const { scheme, uri, place } = getApiSource(service);
  const source = getContentSource(content, scheme, { place });
  const { maxTotalBytes = defaultArchiveLimits.maxTotalBytes } = archiveLimits ?? {};
  const archive = await readContent(source, uri, { place, signal, maxBytes: maxTotalBytes });
  try {
    return { apiSource: uri, protoFiles: await unpackProtoArchive(archive, archiveLimits) };
  } catch (error) {
    throw nameArchive(BaseError.from(error, 'ARCHIVE_INVALID'), uri, source.name);
  }
}

function nameArchive(error: BaseError, uri: string, provider: string): BaseError {
  const { code, shortMessage, place, expected, found, hint, cause } = error;
  const archive = `${uri} from ${provider}`;
  return new BaseError(code, shortMessage, {
    place: place === undefined ? archive : `${archive}, ${place}`,
    expected,
    found,
    hint,
    cause,
  });
}

function notRegistered(kind: 'organization' | 'service', id: string): BaseError {
  return new BaseError('NOT_REGISTERED', `The ${kind} ${JSON.stringify(id)} is not registered.`, {
    hint: 'Check the ids, letter case included, and the network.',
  });
}
