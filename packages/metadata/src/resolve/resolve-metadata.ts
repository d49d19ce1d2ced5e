import { withDeadline } from '@snetkit/core';
import type { ContentSource } from '../content/content-source.ts';
import type { ContentSources } from '../content/content-sources.ts';
import type { OrganizationMetadata } from '../documents/organization-metadata.ts';
import { parseOrganizationMetadata } from '../documents/parse-organization-metadata.ts';
import { parseServiceMetadata } from '../documents/parse-service-metadata.ts';
import type { ServiceMetadata } from '../documents/service-metadata.ts';
import { type FoundDocument, findDocument } from './find-document.ts';
import type { MetadataOrigin } from './metadata-origin.ts';
import type { MetadataReference } from './metadata-reference.ts';
import { parseMetadataReference } from './parse-metadata-reference.ts';
import type { ServiceLookup } from './service-lookup.ts';

/** Options of {@link resolveServiceMetadata} and {@link resolveOrganizationMetadata}. */
export interface ResolveMetadataOptions {
  /** One source serves `ipfs://`; give sources by scheme for more, files and URLs included. */
  readonly content: ContentSource | ContentSources;
  /** The registry; not needed for files and URIs. */
  readonly lookup?: ServiceLookup | undefined;
  /** Milliseconds for everything together; two minutes unless given. */
  readonly timeoutMs?: number | undefined;
  /** Cancels the resolution. */
  readonly signal?: AbortSignal | undefined;
}

/** A document and where it came from. */
export interface ResolvedMetadata<Metadata> {
  readonly metadata: Metadata;
  readonly origin: MetadataOrigin;
}

/**
 * Finds and parses a service document given in any of the three ways of the platform (seed 003): a
 * JSON file, a storage URI or hash, a name in the registry. Every hash that is known is compared.
 *
 * @throws BaseError `METADATA_REFERENCE_INVALID`, `NOT_REGISTERED`, `REGISTRY_MISSING`,
 *   `CONTENT_MISMATCH`, `CONTENT_UNVERIFIABLE` for URLs without a pin, and those of `readContent` and
 *   `parseServiceMetadata`
 * @example
 * ```ts
 * const { metadata, origin } = await resolveServiceMetadata('snet/example-service', { content, lookup });
 * console.log(describeOrigin(origin));
 * ```
 */
export async function resolveServiceMetadata(
  reference: MetadataReference | string,
  options: ResolveMetadataOptions,
): Promise<ResolvedMetadata<ServiceMetadata>> {
  const { text, place, origin } = await resolveText('service', reference, options);
  return { metadata: parseServiceMetadata(text, { place }), origin };
}

/**
 * Finds and parses an organization document, as {@link resolveServiceMetadata} does a service's; the
 * name of a service stands for its organization.
 *
 * @throws BaseError as `resolveServiceMetadata`, and of `parseOrganizationMetadata`
 */
export async function resolveOrganizationMetadata(
  reference: MetadataReference | string,
  options: ResolveMetadataOptions,
): Promise<ResolvedMetadata<OrganizationMetadata>> {
  const { text, place, origin } = await resolveText('organization', reference, options);
  return { metadata: parseOrganizationMetadata(text, { place }), origin };
}

function resolveText(
  kind: 'service' | 'organization',
  given: MetadataReference | string,
  { content, lookup, timeoutMs = 120_000, signal }: ResolveMetadataOptions,
): Promise<FoundDocument> {
  const reference = typeof given === 'string' ? parseMetadataReference(given) : given;
  const what = `Resolving the metadata of the ${kind}`;
  return withDeadline({ what, timeoutMs, signal }, (deadline) =>
    findDocument(reference, { kind, content, lookup, signal: deadline }),
  );
}
