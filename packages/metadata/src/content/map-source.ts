import { BaseError } from '@snetkit/core';
import type { BlockSource } from './content-source.ts';

/**
 * A content source over blocks in memory, by the text of their CID: for tests, and for content that
 * was encoded in this process. The map may change while it is in use.
 */
export function mapSource(
  blocks: ReadonlyMap<string, Uint8Array>,
  options: { name?: string | undefined } = {},
): BlockSource {
  const { name = 'memory' } = options;
  return {
    name,
    async readBlock(cid) {
      const block = blocks.get(cid);
      if (block !== undefined) return block;
      throw new BaseError('CONTENT_UNAVAILABLE', `Block ${cid} is not to be had from ${name}.`);
    },
  };
}
