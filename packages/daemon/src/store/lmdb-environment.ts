import { open, type RootDatabase } from 'lmdb';

// The writer thread loads this file: it imports nothing that needs the workspace's own resolution.

/** One environment: keys and values are bytes as they stand. */
export type LmdbEnvironment = RootDatabase<Buffer, Buffer>;

/** Options of {@link openLmdbEnvironment}; main thread and writer must pass the same. */
export interface LmdbEnvironmentOptions {
  /** Directory; made when missing. */
  readonly path: string;
  /** Address space taken at once; the file grows as it is used, and the mapping with it. */
  readonly mapSizeBytes: number;
}

/**
 * Opens the environment of a group. Overlapping sync is off: a transaction is on disk before anybody
 * can see it, so that `applied` means flushed and no reader acts on what a power cut could take back.
 */
export function openLmdbEnvironment({
  path,
  mapSizeBytes,
}: LmdbEnvironmentOptions): LmdbEnvironment {
  return open<Buffer, Buffer>({
    path,
    noSubdir: false,
    mapSize: mapSizeBytes,
    overlappingSync: false,
    encoding: 'binary',
    keyEncoding: 'binary',
    maxReaders: 1024,
  });
}
