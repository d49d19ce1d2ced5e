import { BaseError, formatStorageUri } from '@snetkit/core';
import { encodeAs } from '../content/encode-as.ts';
import { encodeFile } from '../content/encode-file.ts';
import { parseCid } from '../content/parse-cid.ts';
import type { ContentStore } from './content-store.ts';

/** Options of everything that publishes. */
export interface PublishOptions {
  /** Cancels publishing. */
  readonly signal?: AbortSignal | undefined;
}

/** Options of {@link publishFile}. */
export interface PublishFileOptions extends PublishOptions {
  /** What the file is called in the store; no part of its CID. */
  readonly name?: string | undefined;
}

/** Content as it was published. */
export interface PublishedContent {
  /** `ipfs://<cid>` or `filecoin://<cid>`, as documents and the registry name it. */
  readonly uri: string;
  readonly cid: string;
  /** Name of the store. */
  readonly provider: string;
}

/**
 * Publishes a file. Its CID is computed first, and what the store answers is compared with it.
 *
 * @throws BaseError `PUBLISH_FAILED`, `CONTENT_MISMATCH` when the store answers with another CID,
 *   `TIMED_OUT`, `ABORTED`
 * @example
 * ```ts
 * const store = kuboStore({ endpoint: 'http://127.0.0.1:5001' });
 * const { uri } = await publishFile(store, new TextEncoder().encode('hello world'));
 * ```
 */
export async function publishFile(
  store: ContentStore,
  bytes: Uint8Array,
  options: PublishFileOptions = {},
): Promise<PublishedContent> {
  const { cid } = await encodeFile(bytes);
  const { name = cid, signal } = options;
  const answer = await store.addFile({ name, bytes, cid }, { signal });
  if (answer !== cid && !(await namesFile(store, answer, bytes))) {
    throw otherCid(store, cid, answer);
  }
  return publishedAt(store, answer);
}

/** Content that a store has under a CID. */
export function publishedAt({ scheme, name }: ContentStore, cid: string): PublishedContent {
  return { uri: formatStorageUri({ scheme, cid }), cid, provider: name };
}

/** The error of a store that answers with a CID of something else. */
export function otherCid({ name }: ContentStore, cid: string, answer: string): BaseError {
  return new BaseError('CONTENT_MISMATCH', `${name} stored other content than it was given.`, {
    expected: `the CID ${cid}`,
    found: JSON.stringify(answer.slice(0, 120)),
    hint: 'Do not use this address; publish with another store.',
  });
}

async function namesFile(store: ContentStore, answer: string, bytes: Uint8Array): Promise<boolean> {
  if (store.ownParameters !== true) return false;
  const cid = parseCid(answer, { place: `answer of ${store.name}` });
  return (await encodeAs(cid, bytes)) !== undefined;
}
