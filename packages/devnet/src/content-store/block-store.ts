import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CID } from 'multiformats/cid';
import { KuboError } from './kubo-error.ts';

/** The blocks of a content store. */
export interface BlockStore {
  /** CIDv0 to bytes; what is changed here is what the store serves. */
  readonly blocks: Map<string, Uint8Array>;
  /** Keeps blocks, in the directory first when there is one. */
  putBlocks(blocks: Iterable<readonly [cid: string, bytes: Uint8Array]>): Promise<void>;
}

/** Opens a store in memory; with a directory, blocks are read from it now and written to it later. */
export async function openBlockStore(directory?: string): Promise<BlockStore> {
  const blocks = new Map<string, Uint8Array>();
  if (directory !== undefined) {
    await mkdir(directory, { recursive: true });
    for (const name of await readdir(directory)) {
      if (name.endsWith('.tmp')) continue;
      blocks.set(name, await readFile(join(directory, name)));
    }
  }
  return {
    blocks,
    async putBlocks(added) {
      for (const [cid, bytes] of added) {
        if (directory !== undefined && !blocks.has(cid)) {
          // Never half a block: what is listed under its CID must be whole.
          await writeFile(join(directory, `${cid}.tmp`), bytes);
          await rename(join(directory, `${cid}.tmp`), join(directory, cid));
        }
        blocks.set(cid, bytes);
      }
    },
  };
}

/** The bytes of a block, whatever version of CID it is asked by. Throws `KuboError` when it is not there. */
export function getBlock(store: BlockStore, cid: CID): Uint8Array {
  const bytes = store.blocks.get(toKey(cid));
  if (bytes !== undefined) return bytes;
  throw new KuboError(500, `block was not found locally (offline): ${cid}`);
}

/** A block is known by its hash: the same bytes have a CIDv0 and several CIDv1. */
function toKey(cid: CID): string {
  try {
    return CID.createV0(cid.multihash as Parameters<typeof CID.createV0>[0]).toString();
  } catch {
    return cid.toString();
  }
}
