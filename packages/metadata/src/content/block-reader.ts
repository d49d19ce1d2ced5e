import { BaseError } from '@snetkit/core';
import type { CID } from 'multiformats/cid';
import type { BlockSource, ContentRequest } from './content-source.ts';
import { decodeNode, type Node } from './decode-node.ts';
import { checkCid } from './parse-cid.ts';
import { placeError } from './place-error.ts';
import { type BlockOrigin, isBlock, verifyBlock } from './verify-block.ts';

/** Blocks of public networks are never larger: it is the limit of their exchange protocol. */
export const maxBlockBytes = 2 * 1024 * 1024;

/** Reads verified nodes and counts them. */
export interface BlockReader {
  readonly origin: BlockOrigin;
  readNode(cid: CID): Promise<Node>;
}

/** Reads the blocks of one piece of content from one source, at most `maxBlocks` of them. */
export function createBlockReader(options: {
  source: BlockSource;
  origin: BlockOrigin;
  request: Pick<ContentRequest, 'maxBlocks' | 'signal' | 'cache'>;
}): BlockReader {
  const { source, origin, request } = options;
  const { maxBlocks, signal, cache } = request;
  let blocks = 0;
  return {
    origin,
    async readNode(cid) {
      checkCid(cid, `content ${origin.root} from ${origin.provider}`);
      if (++blocks > maxBlocks) throw tooLarge(origin, `${maxBlocks} blocks`);
      const known = await cache?.get(cid);
      if (known !== undefined) {
        if (await isBlock(cid, known)) return decodeNode(cid, known, origin);
        await cache?.drop(cid);
      }
      const bytes = await readBlock(source, cid, origin, signal);
      await verifyBlock(cid, bytes, origin);
      const node = decodeNode(cid, bytes, origin);
      await cache?.put(cid, bytes);
      return node;
    },
  };
}

/** The error of content beyond a limit. */
export function tooLarge(
  { root, provider }: BlockOrigin,
  limit: string,
  found?: string,
): BaseError {
  const message = `Content of ${root} from ${provider} is larger than ${limit}.`;
  return new BaseError('CONTENT_TOO_LARGE', message, { found });
}

async function readBlock(
  source: BlockSource,
  cid: CID,
  origin: BlockOrigin,
  signal: AbortSignal,
): Promise<Uint8Array> {
  try {
    const bytes = await source.readBlock(cid.toString(), { signal, maxBytes: maxBlockBytes });
    if (bytes.length <= maxBlockBytes) return bytes;
  } catch (error) {
    throw placeError(error, origin);
  }
  throw tooLarge(origin, `${maxBlockBytes} bytes in one block`);
}
