import * as dagPb from '@ipld/dag-pb';
import { UnixFS } from 'ipfs-unixfs';
import type { CID } from 'multiformats/cid';
import { type BlockStore, getBlock } from './block-store.ts';
import { KuboError } from './kubo-error.ts';

const rawCodec = 0x55;

/**
 * The content of a file, piece by piece. Like Kubo it trusts its own blocks: what was changed in
 * the store is served as it is, and the reader must check it.
 */
export function* readFile(store: BlockStore, cid: CID): Generator<Uint8Array> {
  const block = getBlock(store, cid);
  if (cid.code === rawCodec) {
    yield block;
    return;
  }
  const node = decodeNode(block, cid);
  const file = UnixFS.unmarshal(node.Data ?? new Uint8Array());
  if (file.isDirectory()) throw new KuboError(500, 'this dag node is a directory');
  if (file.data !== undefined && file.data.length > 0) yield file.data;
  for (const link of node.Links) yield* readFile(store, link.Hash);
}

/** Decodes a block of a file or directory. Throws `KuboError` when it is none. */
export function decodeNode(block: Uint8Array, cid: CID): dagPb.PBNode {
  try {
    return dagPb.decode(block);
  } catch {
    throw new KuboError(500, `block ${cid} is not a dag-pb node`);
  }
}
