import { BaseError, type StorageUri } from '@snetkit/core';
import type { ContentSource } from './content-source.ts';
import type { LocationSource } from './location-source.ts';

/** A content source for each scheme; those left out stay empty until one is given. */
export interface ContentSources {
  readonly ipfs: ContentSource;
  /** A gateway of Lighthouse, as a rule. */
  readonly filecoin?: ContentSource | undefined;
  /** Reads `http://` and `https://` URLs, which need a pinned hash. */
  readonly http?: LocationSource | undefined;
  /** Reads files of this machine. */
  readonly file?: LocationSource | undefined;
}

/**
 * The source that serves a scheme of storage URIs. A single source serves `ipfs` alone.
 *
 * @throws BaseError `CONTENT_SOURCE_MISSING`
 */
export function getContentSource(
  content: ContentSource | ContentSources,
  scheme: StorageUri['scheme'],
  options: { place?: string | undefined } = {},
): ContentSource {
  const sources = toSources(content);
  const source = sources[scheme];
  if (source !== undefined) return source;
  const expected = `a content source for ${scheme}, which is a Lighthouse gateway`;
  throw sourceMissing(sources, `${scheme}://`, expected, options.place);
}

/**
 * The source that reads from a place: `http` for URLs, `file` for files of this machine.
 *
 * @throws BaseError `CONTENT_SOURCE_MISSING`
 */
export function getLocationSource(
  content: ContentSource | ContentSources,
  scheme: 'http' | 'file',
  options: { place?: string | undefined } = {},
): LocationSource {
  const sources = toSources(content);
  const source = sources[scheme];
  if (source !== undefined) return source;
  const expected =
    scheme === 'http'
      ? 'httpLocations() as the source of http'
      : 'fileLocations() of @snetkit/metadata/node as the source of file';
  throw sourceMissing(sources, `${scheme}:`, expected, options.place);
}

function toSources(content: ContentSource | ContentSources): ContentSources {
  return 'name' in content ? { ipfs: content } : content;
}

function sourceMissing(sources: ContentSources, what: string, expected: string, place?: string) {
  const given = Object.entries(sources).filter(([, source]) => source !== undefined);
  return new BaseError('CONTENT_SOURCE_MISSING', `No source for ${what} content is set up.`, {
    place,
    expected,
    found: `sources for ${given.map(([scheme]) => scheme).join(', ')}`,
    hint: 'Configure one, or ask the provider to publish on IPFS.',
  });
}
