import { BaseError } from '@snetkit/core';
import { encodeDirectory } from '../content/encode-file.ts';
import type { ContentStore } from './content-store.ts';
import {
  otherCid,
  type PublishedContent,
  type PublishOptions,
  publishedAt,
} from './publish-file.ts';

/** A directory as it was published. */
export interface PublishedDirectory extends PublishedContent {
  /** Path below the directory to `<cid>/<path>`, which is how documents name assets. */
  readonly assets: ReadonlyMap<string, string>;
}

/**
 * Publishes files below one directory, as the official CLI does with images (protocol/sdk.md 7).
 *
 * @param files path below the directory to bytes
 * @throws BaseError as `publishFile`; `PUBLISH_FAILED` also for stores without directories
 */
export async function publishDirectory(
  store: ContentStore,
  files: ReadonlyMap<string, Uint8Array>,
  options: PublishOptions = {},
): Promise<PublishedDirectory> {
  if (store.addDirectory === undefined || files.size === 0) {
    const found = files.size === 0 ? 'no file' : `${store.name}, which takes single files`;
    throw new BaseError('PUBLISH_FAILED', 'This directory cannot be published.', {
      expected: 'a store that takes directories, and at least one file',
      found,
    });
  }
  const { cid } = await encodeDirectory(files);
  const answer = await store.addDirectory({ files, cid }, options);
  if (answer !== cid) throw otherCid(store, cid, answer);
  const assets = new Map([...files.keys()].map((path) => [path, `${cid}/${path}`]));
  return { ...publishedAt(store, cid), assets };
}
