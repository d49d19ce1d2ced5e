import type { CID } from 'multiformats/cid';

/**
 * Blocks that were verified before, by their CID. What comes out is verified again, so a cache may
 * lose blocks at any time, and damage in it is only a miss. It never throws.
 */
export interface ContentCache {
  /** What origins call it. */
  readonly name: string;
  /** The bytes that were kept, or `undefined`. */
  get(cid: CID): Promise<Uint8Array | undefined>;
  /** Keeps a block. */
  put(cid: CID, bytes: Uint8Array): Promise<void>;
  /** Forgets a block that turned out to be damaged. */
  drop(cid: CID): Promise<void>;
}
