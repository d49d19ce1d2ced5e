import { type Address, BaseError, withDeadline } from '@snetkit/core';
import { type ArchiveLimits, defaultArchiveLimits } from '../archives/archive-limits.ts';
import { unpackProtoArchive } from '../archives/unpack-proto-archive.ts';
import type { Refusal } from '../content/content-source.ts';
import { fetchStored } from '../content/fetch-stored.ts';
import { checkMpeAddress } from '../documents/check-mpe-address.ts';
import { checkServiceLimits, type ServiceLimits } from '../documents/check-service-limits.ts';
import { getApiSource } from '../documents/get-api-source.ts';
import { getServiceGroup, type ServiceGroup } from '../documents/get-service-group.ts';
import type { OrganizationMetadata } from '../documents/organization-metadata.ts';
import type { ServiceMetadata } from '../documents/service-metadata.ts';
import type { MetadataOrigin, UriOrigin } from './metadata-origin.ts';
import type { MetadataReference } from './metadata-reference.ts';
import {
  type ResolveMetadataOptions,
  resolveOrganizationMetadata,
  resolveServiceMetadata,
} from './resolve-metadata.ts';

/** Options of {@link resolveService}. */
export interface ResolveServiceOptions extends ResolveMetadataOptions {
  readonly organizationId: string;
  readonly serviceId: string;
  /** Where the service document is; what the registry says of both ids unless given. */
  readonly service?: MetadataReference | string | undefined;
  /** Where the organization document is; what the registry says of its id unless given. */
  readonly organization?: MetadataReference | string | undefined;
  /** The first group of the service unless given. */
  readonly groupName?: string | undefined;
  /** The escrow contract that is trusted, from the network table. */
  readonly expectedMpe: Address;
  readonly limits?: ServiceLimits | undefined;
  readonly archiveLimits?: ArchiveLimits | undefined;
}

/** Where everything about a service came from. */
export interface ServiceOrigins {
  readonly organization: MetadataOrigin;
  readonly service: MetadataOrigin;
  /** Of the proto archive, which the service document names. */
  readonly protos: UriOrigin;
}

/** A service with all that calling or serving it takes; every byte that has a hash was verified. */
export interface ResolvedService {
  readonly organizationId: string;
  readonly serviceId: string;
  /** What messages call the organization document: its storage URI, or its file. */
  readonly organizationUri: string;
  /** What messages call the service document: its storage URI, or its file. */
  readonly serviceUri: string;
  readonly organization: OrganizationMetadata;
  readonly service: ServiceMetadata;
  readonly group: ServiceGroup;
  /** Storage URI of the proto archive. */
  readonly apiSource: string;
  /** Import path to source text. */
  readonly protoFiles: ReadonlyMap<string, string>;
  readonly origins: ServiceOrigins;
}

/**
 * Follows a service from the registry, or from documents given in any other way, to its protos: both
 * documents, the group that both describe, the proto archive. Content is checked against its CID
 * block by block, the escrow address of the document against `expectedMpe`, price and threshold
 * against the caller's limits, whichever way the documents came (protocol/sdk.md 4.12,
 * protocol/metadata.md 6).
 *
 * @throws BaseError `NOT_REGISTERED`, `MPE_ADDRESS_MISMATCH`, `PRICE_ABOVE_LIMIT`,
 *   `THRESHOLD_ABOVE_LIMIT`, and those of `resolveServiceMetadata`, the parsers, `getServiceGroup`,
 *   `getApiSource` and `unpackProtoArchive`
 */
export async function resolveService(options: ResolveServiceOptions): Promise<ResolvedService> {
  const { organizationId, serviceId, timeoutMs = 120_000, signal } = options;
  const what = `Resolving the service ${organizationId}/${serviceId}`;
  return withDeadline({ what, timeoutMs, signal }, async (deadline) => {
    const [organization, service] = await findDocuments({
      ...options,
      timeoutMs,
      signal: deadline,
    });
    checkMpeAddress(service.metadata, options.expectedMpe);
    const group = getServiceGroup(service.metadata, organization.metadata, options.groupName);
    const organizationUri = nameOrigin(organization.origin);
    const serviceUri = nameOrigin(service.origin);
    checkServiceLimits(group, options.limits ?? {}, { organizationUri, serviceUri });
    const { protos, ...api } = await readProtos(service.metadata, options, deadline);
    return {
      organizationId,
      serviceId,
      organizationUri,
      serviceUri,
      organization: organization.metadata,
      service: service.metadata,
      group,
      ...api,
      origins: { organization: organization.origin, service: service.origin, protos },
    };
  });
}

function findDocuments(options: ResolveServiceOptions) {
  const { organizationId, serviceId, content, lookup, timeoutMs, signal } = options;
  const registered = { way: 'registry', organizationId, serviceId } as const;
  const { organization = registered, service = registered } = options;
  const rest = { content, lookup, timeoutMs, signal };
  return Promise.all([
    resolveOrganizationMetadata(organization, rest),
    resolveServiceMetadata(service, rest),
  ]);
}

function nameOrigin(origin: MetadataOrigin): string {
  return origin.way === 'file' ? origin.file : origin.uri;
}

async function readProtos(
  service: ServiceMetadata,
  { content, archiveLimits }: ResolveServiceOptions,
  signal: AbortSignal,
) {
  const { uri, place } = getApiSource(service);
  const { maxTotalBytes = defaultArchiveLimits.maxTotalBytes } = archiveLimits ?? {};
  const options = { place, signal, maxBytes: maxTotalBytes };
  const { bytes, provider, refused } = await fetchStored(content, uri, options);
  try {
    const protoFiles = await unpackProtoArchive(bytes, archiveLimits);
    return { apiSource: uri, protoFiles, protos: originOf(uri, provider, refused) };
  } catch (error) {
    throw nameArchive(BaseError.from(error, 'ARCHIVE_INVALID'), uri, provider);
  }
}

function originOf(uri: string, provider: string, refused: readonly Refusal[]): UriOrigin {
  return { way: 'uri', uri, provider, verified: 'cid', refused };
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
