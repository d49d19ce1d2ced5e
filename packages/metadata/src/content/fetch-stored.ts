import type { ContentSource, Delivery } from './content-source.ts';
import { type ContentSources, getContentSource } from './content-sources.ts';
import { fetchContent } from './fetch-content.ts';
import { parseContentReference } from './parse-content-reference.ts';

/**
 * Reads what a storage URI names from the source that serves its scheme.
 *
 * @throws BaseError of `fetchContent` and `getContentSource`
 */
export async function fetchStored(
  content: ContentSource | ContentSources,
  uri: string,
  options: { maxBytes: number; place?: string | undefined; signal?: AbortSignal | undefined },
): Promise<Delivery> {
  const { maxBytes, place, signal } = options;
  const { scheme } = parseContentReference(uri, { place });
  const source = getContentSource(content, scheme, { place: place ?? uri });
  return fetchContent(source, uri, { maxBytes, place, signal });
}
