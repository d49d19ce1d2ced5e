import type { ContentCache } from '../content/content-cache.ts';
import type { ContentSource } from '../content/content-source.ts';
import type { ContentSources } from '../content/content-sources.ts';
import type { LocationSource } from '../content/location-source.ts';
import { cachedSource } from './cached-source.ts';
import { gatewaySource } from './gateway-source.ts';
import { httpLocations } from './http-locations.ts';
import { kuboSource } from './kubo-source.ts';
import { lighthouseSource } from './lighthouse-source.ts';
import { raceSources } from './race-sources.ts';

/** Options of {@link createContentSources}. */
export interface CreateContentSourcesOptions {
  /** RPC APIs of Kubo nodes, in the order of preference. */
  readonly kuboUrls?: readonly string[] | undefined;
  /** Trustless IPFS gateways, asked after the nodes. */
  readonly gatewayUrls?: readonly string[] | undefined;
  /** Gateway for `filecoin://`; that of Lighthouse unless given. */
  readonly lighthouseUrl?: string | undefined;
  /** Milliseconds for one request; 30 seconds unless given. */
  readonly timeoutMs?: number | undefined;
  /** Milliseconds before the next source is asked as well; 300 unless given. */
  readonly hedgeMs?: number | undefined;
  /** Keeps what was verified: `openContentCache()` of `@snetkit/metadata/node`. */
  readonly cache?: ContentCache | undefined;
  /** Reads files of this machine: `fileLocations()` of `@snetkit/metadata/node`. */
  readonly file?: LocationSource | undefined;
}

/**
 * The sources for every scheme from a few URLs: `ipfs` from all nodes and gateways, the first valid
 * answer wins; `filecoin` from Lighthouse; URLs with a pinned hash.
 *
 * @throws BaseError `CONTENT_SOURCE_INVALID`; `CONTENT_SOURCE_MISSING` without any node or gateway
 */
export function createContentSources(options: CreateContentSourcesOptions): ContentSources {
  const { kuboUrls = [], gatewayUrls = [], timeoutMs, hedgeMs, cache, file } = options;
  const sources = [
    ...kuboUrls.map((endpoint) => kuboSource({ endpoint, timeoutMs })),
    ...gatewayUrls.map((endpoint) => gatewaySource({ endpoint, timeoutMs })),
  ];
  const [only] = sources;
  const ipfs =
    sources.length === 1 && only !== undefined ? only : raceSources(sources, { hedgeMs });
  const keep = (source: ContentSource) =>
    cache === undefined ? source : cachedSource(source, cache);
  return {
    ipfs: keep(ipfs),
    filecoin: keep(lighthouseSource({ endpoint: options.lighthouseUrl, timeoutMs })),
    http: httpLocations({ timeoutMs }),
    ...(file !== undefined && { file }),
  };
}
