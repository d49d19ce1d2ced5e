import { openLmdbEnvironment } from './lmdb-environment.ts';
import { raiseVersion } from './lmdb-transaction.ts';
import { makeDirectory } from './make-directory.ts';

/**
 * Lets the versions of an LMDB store go on above one of another store: whatever remembers a version of
 * that one finds none of this one equal. Called while the store is closed in this process.
 */
export async function raiseLmdbVersion(path: string, atLeast: bigint): Promise<void> {
  makeDirectory(path);
  const environment = openLmdbEnvironment({ path, mapSizeBytes: 1 << 30 });
  try {
    raiseVersion(environment, atLeast);
  } finally {
    await environment.close();
  }
}
