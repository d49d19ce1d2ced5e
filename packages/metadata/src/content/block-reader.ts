import { BaseError } from '@snetkit/core';
import type { CID } from 'multiformats/cid';
import type { ContentSource } from './content-source.ts';
import { decodeNode, type Node } from './decode-node.ts';
import { checkCid } from './parse-cid.ts';
import { type BlockOrigin, verifyBlock } from './verify-block.ts';

/** Blocks of public networks are never larger: it is the limit of their exchange protocol. */
const maxBlockBytes = 2 * 1024 * 1024;

/** Reads verified nodes and counts them. */
export interface BlockReader {
  readonly origin: BlockOrigin;
  readNode(cid: CID): Promise<Node>;
}

/** Reads the blocks of one piece of content from one source, at most `maxBlocks` of them. */
export function createBlockReader(options: {
  source: ContentSource;
  origin: BlockOrigin;
  maxBlocks: number;
  signal: AbortSignal;
}): BlockReader {
  const { source, origin, maxBlocks, signal } = options;
  let blocks = 0;
  return {
    origin,
    async readNode(cid) {
      checkCid(cid, `content ${origin.root} from ${origin.provider}`);
      if (++blocks > maxBlocks) throw tooLarge(origin, `${maxBlocks} blocks`);
      const bytes = await readBlock(source, cid, origin, signal);
      await verifyBlock(cid, bytes, origin);
      return decodeNode(cid, bytes, origin);
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
  source: ContentSource,
  cid: CID,
  origin: BlockOrigin,
  signal: AbortSignal,
): Promise<Uint8Array> {
  try {
    const bytes = await source.readBlock(cid.toString(), { signal, maxBytes: maxBlockBytes });
    if (bytes.length <= maxBlockBytes) return bytes;
  } catch (error) {
    throw place(BaseError.from(error, 'CONTENT_UNAVAILABLE'), origin);
  }
  throw tooLarge(origin, `${maxBlockBytes} bytes in one block`);
}

function place(error: BaseError, { root, provider }: BlockOrigin): BaseError {
  const { code, shortMessage, expected, found, hint, cause } = error;
  return new BaseError(code, shortMessage, {
    place: error.place ?? `content ${root} from ${provider}`,
    expected,
    found,
    hint,
    cause,
  });
}
