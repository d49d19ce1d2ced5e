import { BaseError, type StorageUri } from '@snetkit/core';
import type { ContentSource } from './content-source.ts';

/** A content source for each scheme of storage URIs; `filecoin` stays empty until one is given. */
export interface ContentSources {
  readonly ipfs: ContentSource;
  readonly filecoin?: ContentSource | undefined;
}

/**
 * The source that serves a scheme. A single source serves `ipfs` alone.
 *
 * @throws BaseError `CONTENT_SOURCE_MISSING`
 */
export function getContentSource(
  content: ContentSource | ContentSources,
  scheme: StorageUri['scheme'],
  options: { place?: string | undefined } = {},
): ContentSource {
  const sources: ContentSources = 'readBlock' in content ? { ipfs: content } : content;
  const source = sources[scheme];
  if (source !== undefined) return source;
  throw new BaseError('CONTENT_SOURCE_MISSING', `No source for ${scheme}:// content is set up.`, {
    place: options.place,
    expected: `a content source for ${scheme}, which is a Lighthouse gateway`,
    found: `sources for ${Object.keys(sources).join(', ')}`,
    hint: 'Configure one, or ask the provider to publish on IPFS.',
  });
}
