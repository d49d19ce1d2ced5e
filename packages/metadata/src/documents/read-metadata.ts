import { BaseError, bytesToUtf8 } from '@snetkit/core';
import type { ContentSource } from '../content/content-source.ts';
import { type ContentSources, getContentSource } from '../content/content-sources.ts';
import { parseContentReference } from '../content/parse-content-reference.ts';
import { readContent } from '../content/read-content.ts';
import type { OrganizationMetadata } from './organization-metadata.ts';
import { parseOrganizationMetadata } from './parse-organization-metadata.ts';
import { parseServiceMetadata } from './parse-service-metadata.ts';
import type { ServiceMetadata } from './service-metadata.ts';

/** Real documents are a few kilobytes. */
const maxDocumentBytes = 1024 * 1024;

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
  const { scheme } = parseContentReference(uri);
  const source = getContentSource(content, scheme, { place: uri });
  const bytes = await readContent(source, uri, { maxBytes: maxDocumentBytes, signal });
  try {
    return bytesToUtf8(bytes);
  } catch (error) {
    const { code, shortMessage } = BaseError.from(error);
    throw new BaseError(code, shortMessage, { place: `${uri} from ${source.name}` });
  }
}
