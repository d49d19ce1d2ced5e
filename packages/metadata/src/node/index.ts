export { getCacheDirectory } from './cache-directory.ts';
export { directorySource } from './directory-source.ts';
export { directoryStore } from './directory-store.ts';
export { fileLocations } from './file-locations.ts';
export { type ContentCacheOptions, openContentCache } from './open-content-cache.ts';
export { type PackedProtos, packProtoDirectory } from './pack-proto-directory.ts';
export {
  type ProtoDirectory,
  type ReadProtoDirectoryOptions,
  readProtoDirectory,
  type SkippedEntry,
} from './read-proto-directory.ts';
