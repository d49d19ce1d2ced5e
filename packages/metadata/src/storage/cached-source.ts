import { BaseError } from '@snetkit/core';
import type { ContentCache } from '../content/content-cache.ts';
import type { BlockSource, CombinedSource, ContentSource } from '../content/content-source.ts';
import { deliver } from '../content/deliver.ts';
import { deliverBlocks } from '../content/deliver-blocks.ts';

/**
 * Puts a cache in front of a source. What is wholly in the cache needs no provider at all; what is
 * read from the source goes into the cache once it is verified, and is verified again on the way out.
 */
export function cachedSource(source: ContentSource, cache: ContentCache): CombinedSource {
  const empty: BlockSource = {
    name: cache.name,
    async readBlock(cid) {
      throw new BaseError('CONTENT_UNAVAILABLE', `Block ${cid} is not in ${cache.name}.`);
    },
  };
  return {
    name: source.name,
    async deliver(request) {
      try {
        return await deliverBlocks(empty, { ...request, cache });
      } catch {
        // Not there, or not all of it. Whatever else is wrong with it, the source will show.
        return deliver(source, { ...request, cache });
      }
    },
  };
}
