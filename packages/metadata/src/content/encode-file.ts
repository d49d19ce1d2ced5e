import { concatBytes } from '@snetkit/core';
import type { CID } from 'multiformats/cid';

/** Content as blocks, ready for a content store. */
export interface EncodedContent {
  /** Text of the root's CID. */
  readonly cid: string;
  /** Every block by the text of its CID. */
  readonly blocks: Map<string, Uint8Array>;
}

/** Options of {@link encodeFile} and {@link encodeDirectory}; the defaults are those of `ipfs add`. */
export interface EncodeOptions {
  /** 0 unless given. */
  readonly cidVersion?: 0 | 1 | undefined;
  /** Leaves are plain bytes; true for version 1 unless given, as `ipfs add --cid-version=1` does. */
  readonly rawLeaves?: boolean | undefined;
}

/**
 * Encodes a file exactly as Kubo's `ipfs add` does by default: chunks of 262144 bytes as UnixFS
 * leaves below a balanced tree of width 174, sha2-256 (protocol/vectors-sdk.json, `cids`).
 */
export async function encodeFile(
  bytes: Uint8Array,
  options: EncodeOptions = {},
): Promise<EncodedContent> {
  return encode([{ content: bytes }], options, false);
}

/** Encodes files as a directory, as `ipfs add --wrap-with-directory` does; names may hold `/`. */
export async function encodeDirectory(
  files: ReadonlyMap<string, Uint8Array>,
  options: EncodeOptions = {},
): Promise<EncodedContent> {
  const candidates = [...files].map(([path, content]) => ({ path, content }));
  return encode(candidates, options, true);
}

async function encode(
  candidates: { path?: string; content: Uint8Array }[],
  options: EncodeOptions,
  wrapWithDirectory: boolean,
): Promise<EncodedContent> {
  const { cidVersion = 0, rawLeaves = cidVersion === 1 } = options;
  // Loaded when needed: only who publishes encodes, and the library is large.
  const [{ importer }, { fixedSize }, { balanced }] = await Promise.all([
    import('ipfs-unixfs-importer'),
    import('ipfs-unixfs-importer/chunker'),
    import('ipfs-unixfs-importer/layout'),
  ]);
  const blocks = new Map<string, Uint8Array>();
  const store = {
    async put(cid: CID, block: Uint8Array | AsyncIterable<Uint8Array> | Iterable<Uint8Array>) {
      blocks.set(cid.toString(), await join(block));
      return cid;
    },
  };
  let cid = '';
  for await (const entry of importer(candidates, store, {
    cidVersion,
    rawLeaves,
    wrapWithDirectory,
    chunker: fixedSize({ chunkSize: 262_144 }),
    layout: balanced({ maxChildrenPerNode: 174 }),
  })) {
    cid = entry.cid.toString();
  }
  return { cid, blocks };
}

async function join(
  block: Uint8Array | AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<Uint8Array> {
  if (block instanceof Uint8Array) return block;
  const parts: Uint8Array[] = [];
  for await (const part of block) parts.push(part);
  return concatBytes(...parts);
}
