import type { BlockSource } from '../content/content-source.ts';
import { parseEndpoint } from './parse-endpoint.ts';
import { readFrom } from './read-from.ts';

/** Options of {@link kuboSource}. */
export interface KuboSourceOptions {
  /** Base URL of the RPC API, not of a gateway; user and password in it become basic authentication. */
  readonly endpoint: string;
  /** Milliseconds for one block; 30 seconds unless given, as the official daemon waits. */
  readonly timeoutMs?: number | undefined;
  /** Headers of each request, such as `authorization`. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/**
 * Reads blocks from the RPC API of a Kubo node: `POST /api/v0/block/get?arg=<cid>`.
 *
 * @throws BaseError `CONTENT_SOURCE_INVALID`; reading a block throws `CONTENT_UNAVAILABLE`,
 *   `CONTENT_TOO_LARGE`, `TIMED_OUT` or `ABORTED`
 */
export function kuboSource(options: KuboSourceOptions): BlockSource {
  const { timeoutMs } = options;
  const expected = 'an http or https URL of a Kubo RPC API, such as http://127.0.0.1:5001';
  const { base, headers, name } = parseEndpoint({ ...options, expected });
  return {
    name,
    readBlock(cid, { signal, maxBytes }) {
      const url = `${base}api/v0/block/get?arg=${encodeURIComponent(cid)}`;
      const subject = `block ${cid}`;
      return readFrom({ name, subject, method: 'POST', url, headers, timeoutMs, signal, maxBytes });
    },
  };
}
