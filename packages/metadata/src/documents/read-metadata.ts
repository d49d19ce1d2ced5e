import type { ContentSource } from '../content/content-source.ts';
import type { ContentSources } from '../content/content-sources.ts';
import { fetchStored } from '../content/fetch-stored.ts';
import { documentText, maxDocumentBytes } from './document-text.ts';
import type { OrganizationMetadata } from './organization-metadata.ts';
import { parseOrganizationMetadata } from './parse-organization-metadata.ts';
import { parseServiceMetadata } from './parse-service-metadata.ts';
import type { ServiceMetadata } from './service-metadata.ts';

/** Options of {@link readServiceMetadata} and {@link readOrganizationMetadata}. */
export interface ReadMetadataOptions {
  /** Cancels reading. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads and parses the service document that a storage URI names, every byte checked against it.
 *
 * @throws BaseError of `readContent` and `parseServiceMetadata`
 */
export async function readServiceMetadata(
  content: ContentSource | ContentSources,
  uri: string,
  options: ReadMetadataOptions = {},
): Promise<ServiceMetadata> {
  return parseServiceMetadata(await readText(content, uri, options), { place: uri });
}

/**
 * Reads and parses the organization document that a storage URI names, every byte checked against it.
 *
 * @throws BaseError of `readContent` and `parseOrganizationMetadata`
 */
export async function readOrganizationMetadata(
  content: ContentSource | ContentSources,
  uri: string,
  options: ReadMetadataOptions = {},
): Promise<OrganizationMetadata> {
  return parseOrganizationMetadata(await readText(content, uri, options), { place: uri });
}

async function readText(
  content: ContentSource | ContentSources,
  uri: string,
  { signal }: ReadMetadataOptions,
): Promise<string> {
  const { bytes, provider } = await fetchStored(content, uri, {
    maxBytes: maxDocumentBytes,
    signal,
  });
  return documentText(bytes, uri, provider);
}
