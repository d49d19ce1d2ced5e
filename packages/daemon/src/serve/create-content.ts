import { type ContentSources, createContentSources } from '@snetkit/metadata';
import type { Config } from '../config/schema.ts';

/** Where documents and protos are read from, as the configuration says. */
export function createContent(
  config: Pick<Config, 'ipfs_endpoint' | 'ipfs_timeout' | 'lighthouse_endpoint'>,
): ContentSources {
  return createContentSources({
    kuboUrls: [config.ipfs_endpoint],
    lighthouseUrl: config.lighthouse_endpoint,
    timeoutMs: config.ipfs_timeout * 1_000,
  });
}
