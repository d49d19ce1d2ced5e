import { decode } from '@ipld/dag-pb';
import { BaseError } from '@snetkit/core';
import { UnixFS } from 'ipfs-unixfs';
import type { CID } from 'multiformats/cid';
import { rawCode } from './parse-cid.ts';
import type { BlockOrigin } from './verify-block.ts';

/** A link from one block of content to another. */
interface NodeLink {
  readonly cid: CID;
  /** Entry name in a directory; empty in a file. */
  readonly name: string;
  /** File bytes below this link as its parent declares them; `undefined` in a directory. */
  readonly fileBytes: bigint | undefined;
}

/** One block of UnixFS content, taken apart. */
export interface Node {
  readonly type: 'file' | 'directory';
  /** File bytes in this block; those of `links` follow them. */
  readonly data: Uint8Array;
  readonly links: readonly NodeLink[];
}

/**
 * Takes a verified block apart (UnixFS 1 in dag-pb, or raw bytes).
 *
 * @throws BaseError `CONTENT_INVALID` for malformed nodes, symbolic links and sharded directories
 */
export function decodeNode(cid: CID, bytes: Uint8Array, origin: BlockOrigin): Node {
  if (cid.code === rawCode) return { type: 'file', data: bytes, links: [] };
  const { entry, links } = parse(cid, bytes, origin);
  if (entry.type === 'directory') {
    return {
      type: 'directory',
      data: new Uint8Array(),
      links: links.map(({ Hash, Name }) => ({ cid: Hash, name: Name ?? '', fileBytes: undefined })),
    };
  }
  if (entry.type !== 'file' && entry.type !== 'raw') {
    throw invalid(cid, origin, 'a file or a plain directory', `a node of type ${entry.type}`);
  }
  if (entry.blockSizes.length !== links.length) {
    const found = `${links.length} links and ${entry.blockSizes.length} sizes`;
    throw invalid(cid, origin, 'a size for each link', found);
  }
  return {
    type: 'file',
    data: entry.data ?? new Uint8Array(),
    links: links.map(({ Hash }, i) => ({ cid: Hash, name: '', fileBytes: entry.blockSizes[i] })),
  };
}

function parse(cid: CID, bytes: Uint8Array, origin: BlockOrigin) {
  try {
    const { Data, Links } = decode(bytes);
    if (Data === undefined || Data.length === 0) throw new TypeError('no UnixFS data');
    return { entry: UnixFS.unmarshal(Data), links: Links };
  } catch (cause) {
    throw invalid(cid, origin, 'a UnixFS node in dag-pb', 'other bytes', cause);
  }
}

function invalid(
  cid: CID,
  { root, provider }: BlockOrigin,
  expected: string,
  found: string,
  cause?: unknown,
): BaseError {
  return new BaseError(
    'CONTENT_INVALID',
    `Content of ${root} from ${provider} is not well-formed.`,
    {
      place: `block ${cid}`,
      expected,
      found,
      cause,
    },
  );
}
