import type { BlockSource, FileSource } from '../content/content-source.ts';
import { parseEndpoint } from './parse-endpoint.ts';
import { readFrom } from './read-from.ts';

/** Options of {@link gatewaySource} and {@link fileGatewaySource}. */
export interface GatewayOptions {
  /** Base URL, with or without `/ipfs` at its end; user and password in it become basic authentication. */
  readonly endpoint: string;
  /** Milliseconds for one request; 30 seconds unless given. */
  readonly timeoutMs?: number | undefined;
  /** Headers of each request, such as `authorization`. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

const expected = 'an http or https URL of an IPFS gateway, such as https://ipfs.io';

/**
 * Reads blocks from a trustless gateway: `GET /ipfs/<cid>?format=raw`
 * (https://specs.ipfs.tech/http-gateways/trustless-gateway/).
 *
 * @throws BaseError `CONTENT_SOURCE_INVALID`; reading a block throws `CONTENT_UNAVAILABLE`,
 *   `CONTENT_TOO_LARGE`, `TIMED_OUT` or `ABORTED`
 * @example
 * ```ts
 * const source = gatewaySource({ endpoint: 'https://ipfs.io' });
 * const bytes = await readContent(source, 'ipfs://QmT78zSuBmuS4z925WZfrqQ1qHaJ56DQaTfyMUF7F8ff5o');
 * ```
 */
export function gatewaySource(options: GatewayOptions): BlockSource {
  const { name, read } = openGateway(options);
  return {
    name,
    readBlock(cid, { signal, maxBytes }) {
      const accept = 'application/vnd.ipld.raw';
      return read(`block ${cid}`, `${cid}?format=raw`, { accept, signal, maxBytes });
    },
  };
}

/**
 * Reads whole files from a gateway that knows no blocks: `GET /ipfs/<cid>`. Files are checked by
 * encoding them again; files below a directory cannot be checked and are refused.
 *
 * @throws BaseError `CONTENT_SOURCE_INVALID`; reading a file throws `CONTENT_UNAVAILABLE`,
 *   `CONTENT_TOO_LARGE`, `TIMED_OUT` or `ABORTED`
 */
export function fileGatewaySource(options: GatewayOptions): FileSource {
  const { name, read } = openGateway(options);
  return {
    name,
    readFile: (cid, { signal, maxBytes }) =>
      read(`content ${cid}`, cid, { accept: '*/*', signal, maxBytes }),
  };
}

function openGateway(options: GatewayOptions) {
  const { base, headers, name } = parseEndpoint({ ...options, expected });
  const root = base.replace(/\/ipfs\/$/, '/');
  const { timeoutMs } = options;
  return {
    name,
    read(
      subject: string,
      path: string,
      rest: { accept: string; signal?: AbortSignal | undefined; maxBytes: number },
    ): Promise<Uint8Array> {
      const { accept, signal, maxBytes } = rest;
      return readFrom({
        name,
        subject,
        method: 'GET',
        url: `${root}ipfs/${path}`,
        headers: { accept, ...headers },
        timeoutMs,
        signal,
        maxBytes,
      });
    },
  };
}
