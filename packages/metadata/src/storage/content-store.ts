import type { StorageUri } from '@snetkit/core';

/** A file on its way into a store. */
export interface StoreFile {
  /** What it is called there; no part of its CID. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** The CID that it must get: CIDv0 of the usual parameters. */
  readonly cid: string;
}

/** Files on their way into a store, as one directory. */
export interface StoreDirectory {
  /** Path below the directory to bytes. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** The CID that the directory must get. */
  readonly cid: string;
}

/** Options of {@link ContentStore.addFile} and {@link ContentStore.addDirectory}. */
export interface AddOptions {
  /** Cancels the upload. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * A place where content is published: a Kubo node, Lighthouse, a folder. What it answers is believed
 * by nobody; publishing compares it with the CID that was computed before.
 */
export interface ContentStore {
  /** What errors call it: scheme and host of an endpoint, never credentials. */
  readonly name: string;
  /** How storage URIs of its content begin. */
  readonly scheme: StorageUri['scheme'];
  /**
   * The store decides how it cuts files, as Lighthouse does: its CID may differ from the one that was
   * computed, and must only name the same bytes.
   */
  readonly ownParameters?: boolean | undefined;
  /** Adds a file; returns the CID that the store says it has. */
  addFile(file: StoreFile, options: AddOptions): Promise<string>;
  /** Adds a directory; returns the CID of the directory. Left out where a store cannot. */
  addDirectory?(directory: StoreDirectory, options: AddOptions): Promise<string>;
}
