import type { CID } from 'multiformats/cid';
import type { ContentCache } from './content-cache.ts';

/** Options of {@link BlockSource.readBlock} and {@link FileSource.readFile}. */
export interface ReadBlockOptions {
  /** Cancels the request. */
  readonly signal?: AbortSignal | undefined;
  /** More bytes than this must not be read, whatever the provider announces. */
  readonly maxBytes: number;
}

/** A place that hands out blocks by their content identifier: a Kubo node, a gateway, memory. */
export interface BlockSource {
  /** What errors call it: scheme and host of an endpoint, never credentials. */
  readonly name: string;
  /** The bytes of one block; throws a `BaseError` when it cannot be had. */
  readBlock(cid: string, options: ReadBlockOptions): Promise<Uint8Array>;
}

/**
 * A place that hands out whole files only. They are checked by encoding them again, which works for
 * content that was added with the usual parameters.
 */
export interface FileSource {
  /** What errors call it. */
  readonly name: string;
  /** The bytes of the file that a CID names; throws a `BaseError` when it cannot be had. */
  readFile(cid: string, options: ReadBlockOptions): Promise<Uint8Array>;
  /** All files of the directory that a CID names, by their path in it; left out where nobody knows. */
  readDirectory?(cid: string, options: ReadBlockOptions): Promise<ReadonlyMap<string, Uint8Array>>;
}

/** A source made of others, such as several that race or one behind a cache. */
export interface CombinedSource {
  /** What errors call it. */
  readonly name: string;
  /** Reads and verifies content from the sources inside. */
  deliver(request: ContentRequest): Promise<Delivery>;
}

/**
 * Where content comes from. What a source answers is believed by nobody; reading checks each byte
 * against the CID that named it.
 */
export type ContentSource = BlockSource | FileSource | CombinedSource;

/** What is read, and within which limits. */
export interface ContentRequest {
  readonly cid: CID;
  /** Names of directory entries from the CID downwards. */
  readonly path: readonly string[];
  /** Most bytes of the file. */
  readonly maxBytes: number;
  /** Most blocks that are fetched. */
  readonly maxBlocks: number;
  /** Fires when nobody waits any longer. */
  readonly signal: AbortSignal;
  /** Blocks that are known, and where verified ones go. */
  readonly cache?: ContentCache | undefined;
}

/** Content that was verified, and who delivered it. */
export interface Delivery {
  readonly bytes: Uint8Array;
  /** Name of the source. */
  readonly provider: string;
  /** Sources that were asked before and did not deliver. */
  readonly refused: readonly Refusal[];
}

/** A source that did not deliver, and why. */
export interface Refusal {
  readonly provider: string;
  /** Code of the error. */
  readonly code: string;
  /** What went wrong, on one line. */
  readonly message: string;
}
