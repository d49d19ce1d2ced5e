import { BaseError, concatBytes } from '@snetkit/core';
import type { CID } from 'multiformats/cid';
import { type BlockReader, createBlockReader, tooLarge } from './block-reader.ts';
import type { BlockSource, ContentRequest, Delivery } from './content-source.ts';
import type { Node } from './decode-node.ts';
import { rootName } from './root-name.ts';

// The deepest balanced tree over 32 MiB has three levels; other builders go deeper, but not far.
const maxDepth = 32;

/**
 * Reads a file block by block: each block of its DAG is hashed and compared with the CID that named
 * it, and the sizes inside must add up.
 */
export async function deliverBlocks(
  source: BlockSource,
  request: ContentRequest,
): Promise<Delivery> {
  const { cid, path, maxBytes } = request;
  const origin = { root: rootName(request), provider: source.name };
  const reader = createBlockReader({ source, origin, request });
  const node = await walk(reader, cid, path);
  const size = fileBytes(node);
  if (size > BigInt(maxBytes)) throw tooLarge(origin, `${maxBytes} bytes`, `${size} bytes`);
  const parts: Uint8Array[] = [];
  await collect(reader, node, parts, 1);
  return { bytes: concatBytes(...parts), provider: source.name, refused: [] };
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
