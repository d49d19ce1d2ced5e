import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A directory for a store, removed at the end of the test. */
export interface StoreDirectory {
  readonly path: string;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Makes an empty directory of its own. */
export async function createStoreDirectory(): Promise<StoreDirectory> {
  const path = await mkdtemp(join(tmpdir(), 'snet-store-'));
  return {
    path,
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
}
