import { withDeadline } from '@snetkit/core';
import type { ContentSource, Delivery } from './content-source.ts';
import { deliver } from './deliver.ts';
import { parseCid } from './parse-cid.ts';
import { parseContentReference } from './parse-content-reference.ts';
import { rootName } from './root-name.ts';

/** Options of `readContent` and {@link fetchContent}. */
export interface ReadContentOptions {
  /** Largest file in bytes; 32 MiB unless given. */
  readonly maxBytes?: number | undefined;
  /** Most blocks that are fetched, repeated ones counted each time; 16384 unless given. */
  readonly maxBlocks?: number | undefined;
  /** Milliseconds for the whole content; two minutes unless given. */
  readonly timeoutMs?: number | undefined;
  /** Cancels reading. */
  readonly signal?: AbortSignal | undefined;
  /** Where the reference stands, for the error message. */
  readonly place?: string | undefined;
}

/**
 * Reads a file as `readContent` does, and says which provider delivered it and which did not.
 *
 * @throws BaseError as `readContent`
 */
export async function fetchContent(
  source: ContentSource,
  content: string,
  options: ReadContentOptions = {},
): Promise<Delivery> {
  const { maxBytes = 32 * 1024 * 1024, maxBlocks = 16_384, timeoutMs = 120_000 } = options;
  const { cid: text, path } = parseContentReference(content, options);
  const cid = parseCid(text, options);
  const what = `Reading ${rootName({ cid, path })} from ${source.name}`;
  return withDeadline({ what, timeoutMs, signal: options.signal }, (signal) =>
    deliver(source, { cid, path, maxBytes, maxBlocks, signal }),
  );
}
