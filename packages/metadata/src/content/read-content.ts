import type { ContentSource } from './content-source.ts';
import { fetchContent, type ReadContentOptions } from './fetch-content.ts';

/**
 * Reads a file by its content identifier and believes nobody: each block of its DAG is hashed and
 * compared with the CID that named it, and the sizes inside must add up. Files of one or many
 * blocks (CIDv0, CIDv1 of dag-pb or raw), and files below a directory as `<cid>/<path>`.
 *
 * @param content a CID or storage URI; the scheme does not choose the source, the caller does
 * @throws BaseError naming CID and provider: `CONTENT_MISMATCH`, `CONTENT_INVALID`,
 *   `CONTENT_TOO_LARGE`, `CONTENT_UNAVAILABLE`, `CONTENT_NOT_FOUND`, `CID_INVALID`,
 *   `STORAGE_URI_INVALID`, `TIMED_OUT`, `ABORTED`
 * @example
 * ```ts
 * const source = kuboSource({ endpoint: 'http://127.0.0.1:5001' });
 * const bytes = await readContent(source, 'ipfs://QmT78zSuBmuS4z925WZfrqQ1qHaJ56DQaTfyMUF7F8ff5o');
 * ```
 */
export async function readContent(
  source: ContentSource,
  content: string,
  options: ReadContentOptions = {},
): Promise<Uint8Array> {
  return (await fetchContent(source, content, options)).bytes;
}
