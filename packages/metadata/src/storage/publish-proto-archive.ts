import { packProtoArchive } from '../archives/pack-proto-archive.ts';
import type { ContentStore } from './content-store.ts';
import { type PublishedContent, type PublishOptions, publishFile } from './publish-file.ts';

/**
 * Packs protos and publishes the archive: the same protos get the same CID. The URI is what
 * `service_api_source` of the service document holds.
 *
 * @param files import path to source text
 * @throws BaseError as `packProtoArchive` and `publishFile`
 */
export async function publishProtoArchive(
  store: ContentStore,
  files: ReadonlyMap<string, string>,
  options: PublishOptions = {},
): Promise<PublishedContent> {
  const archive = await packProtoArchive(files);
  return publishFile(store, archive, { ...options, name: 'proto_files.tar.gz' });
}
