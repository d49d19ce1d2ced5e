import { type JsonObject, utf8ToBytes } from '@snetkit/core';
import { serializeMetadata } from '../documents/serialize-metadata.ts';
import type { ContentStore } from './content-store.ts';
import { type PublishedContent, type PublishOptions, publishFile } from './publish-file.ts';

/**
 * Publishes a service or organization document, spelled as `serializeMetadata` does: the same
 * document gets the same CID, whoever publishes it.
 *
 * @throws BaseError as `publishFile`, and of `serializeMetadata`
 */
export async function publishMetadata(
  store: ContentStore,
  document: JsonObject,
  options: PublishOptions = {},
): Promise<PublishedContent> {
  const bytes = utf8ToBytes(serializeMetadata(document));
  return publishFile(store, bytes, { ...options, name: 'metadata.json' });
}
