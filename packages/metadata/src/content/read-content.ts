import { BaseError, concatBytes } from '@snetkit/core';
import type { CID } from 'multiformats/cid';
import { type BlockReader, createBlockReader, tooLarge } from './block-reader.ts';
import type { ContentSource } from './content-source.ts';
import type { Node } from './decode-node.ts';
import { parseCid } from './parse-cid.ts';
import { parseContentReference } from './parse-content-reference.ts';
import { withDeadline } from './with-deadline.ts';

/** Options of {@link readContent}. */
export interface ReadContentOptions {
  /** Largest file in bytes; 32 MiB unless given. */
  readonly maxBytes?: number | undefined;
  /** Most blocks that are fetched, repeated ones counted each time; 16384 unless given. */
  readonly maxBlocks?: number | undefined;
  /** Milliseconds for the whole content; two minutes unless given. */
  readonly timeoutMs?: number | undefined;
  /** Cancels reading. */
  readonly signal?: AbortSignal | undefined;
  /** Where the reference stands, for the error message. */
  readonly place?: string | undefined;
}

// The deepest balanced tree over 32 MiB has three levels; other builders go deeper, but not far.
const maxDepth = 32;

/**
 * Reads a file by its content identifier and believes nobody: each block of its DAG is hashed and
 * compared with the CID that named it, and the sizes inside must add up. Files of one or many
 * blocks (CIDv0, CIDv1 of dag-pb or raw), and files below a directory as `<cid>/<path>`.
 *
 * @param content a CID or storage URI; the scheme does not choose the source, the caller does
 * @throws BaseError naming CID and provider: `CONTENT_MISMATCH`, `CONTENT_INVALID`,
 *   `CONTENT_TOO_LARGE`, `CONTENT_UNAVAILABLE`, `CONTENT_NOT_FOUND`, `CID_INVALID`,
 *   `STORAGE_URI_INVALID`, `TIMED_OUT`, `ABORTED`
 * @example
 * ```ts
 * const source = kuboSource({ endpoint: 'http://127.0.0.1:5001' });
 * const bytes = await readContent(source, 'ipfs://QmT78zSuBmuS4z925WZfrqQ1qHaJ56DQaTfyMUF7F8ff5o');
 * ```
 */
export async function readContent(
  source: ContentSource,
  content: string,
  options: ReadContentOptions = {},
): Promise<Uint8Array> {
  const { maxBytes = 32 * 1024 * 1024, maxBlocks = 16_384, timeoutMs = 120_000 } = options;
  const { cid, path } = parseContentReference(content, options);
  const rootCid = parseCid(cid, options);
  const origin = { root: [cid, ...path].join('/'), provider: source.name };
  const what = `Reading ${origin.root} from ${origin.provider}`;
  return withDeadline({ what, timeoutMs, signal: options.signal }, async (signal) => {
    const reader = createBlockReader({ source, origin, maxBlocks, signal });
    const node = await walk(reader, rootCid, path);
    const size = fileBytes(node);
    if (size > BigInt(maxBytes)) throw tooLarge(origin, `${maxBytes} bytes`, `${size} bytes`);
    const parts: Uint8Array[] = [];
    await collect(reader, node, parts, 1);
    return concatBytes(...parts);
  });
}

/** Follows entry names from a directory down to a file. */
async function walk(reader: BlockReader, cid: CID, path: readonly string[]): Promise<Node> {
  const { root, provider } = reader.origin;
  let node = await reader.readNode(cid);
  for (const name of path) {
    const links = node.type === 'directory' ? node.links.filter((link) => link.name === name) : [];
    const [link] = links;
    if (link === undefined || links.length > 1) {
      throw new BaseError('CONTENT_NOT_FOUND', `${root} from ${provider} does not exist.`, {
        expected: `one entry ${JSON.stringify(name)}`,
        found: node.type === 'file' ? 'a file' : `${links.length} of ${node.links.length} entries`,
      });
    }
    node = await reader.readNode(link.cid);
  }
  if (node.type === 'file') return node;
  throw new BaseError('CONTENT_INVALID', `Content of ${root} from ${provider} is a directory.`, {
    expected: 'a file',
    found: `a directory of ${node.links.length} entries`,
    hint: 'Name a file in it: <cid>/<path>.',
  });
}

/** File bytes that a node declares; {@link collect} holds it to that. */
function fileBytes(node: Node): bigint {
  return node.links.reduce((sum, link) => sum + (link.fileBytes ?? 0n), BigInt(node.data.length));
}

async function collect(
  reader: BlockReader,
  node: Node,
  parts: Uint8Array[],
  depth: number,
): Promise<void> {
  const { root, provider } = reader.origin;
  if (depth > maxDepth) throw tooLarge(reader.origin, `${maxDepth} levels`);
  parts.push(node.data);
  for (const link of node.links) {
    const child = await reader.readNode(link.cid);
    const size = child.type === 'file' ? fileBytes(child) : undefined;
    // Since every node keeps to what its parent declared, the root's size bounds the whole file.
    if (size !== link.fileBytes) {
      const message = `Content of ${root} from ${provider} is not well-formed.`;
      throw new BaseError('CONTENT_INVALID', message, {
        place: `block ${link.cid}`,
        expected: `${link.fileBytes} bytes of a file, as the block above it declares`,
        found: size === undefined ? 'a directory' : `${size} bytes`,
      });
    }
    await collect(reader, child, parts, depth + 1);
  }
}
