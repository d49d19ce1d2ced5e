/** Options of {@link ContentSource.readBlock}. */
export interface ReadBlockOptions {
  /** Cancels the request. */
  readonly signal?: AbortSignal | undefined;
  /** More bytes than this must not be read, whatever the provider announces. */
  readonly maxBytes: number;
}

/**
 * A place that hands out blocks by their content identifier: a Kubo node, a gateway, a file, memory.
 * What it answers is believed by nobody; `readContent` checks each block.
 */
export interface ContentSource {
  /** What errors call it: scheme and host of an endpoint, never credentials. */
  readonly name: string;
  /** The bytes of one block; throws a `BaseError` when it cannot be had. */
  readBlock(cid: string, options: ReadBlockOptions): Promise<Uint8Array>;
}
