import { packProtoArchive } from '../archives/pack-proto-archive.ts';
import {
  type ProtoDirectory,
  type ReadProtoDirectoryOptions,
  readProtoDirectory,
} from './read-proto-directory.ts';

/** A folder of protos as an archive. */
export interface PackedProtos extends ProtoDirectory {
  /** Gzip-compressed tar; its bytes depend on nothing but paths and texts. */
  readonly archive: Uint8Array;
}

/**
 * Packs the protos of a folder and the folders in it: the same protos give the same archive, whatever
 * the times, owners and order of the files.
 *
 * @throws BaseError as `readProtoDirectory` and `packProtoArchive`
 * @example
 * ```ts
 * const { archive, skipped } = await packProtoDirectory('./protos');
 * ```
 */
export async function packProtoDirectory(
  directory: string,
  options: ReadProtoDirectoryOptions = {},
): Promise<PackedProtos> {
  const protos = await readProtoDirectory(directory, options);
  return { ...protos, archive: await packProtoArchive(protos.files) };
}
