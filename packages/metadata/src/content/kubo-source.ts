import { BaseError, redact } from '@snetkit/core';
import type { ContentSource, ReadBlockOptions } from './content-source.ts';
import { readBody } from './read-body.ts';
import { withDeadline } from './with-deadline.ts';

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
export function kuboSource(options: KuboSourceOptions): ContentSource {
  const { timeoutMs = 30_000 } = options;
  const { base, headers, name } = parseEndpoint(options);
  return {
    name,
    readBlock(cid, { signal, maxBytes }) {
      const url = `${base}api/v0/block/get?arg=${encodeURIComponent(cid)}`;
      const what = `Reading block ${cid} from ${name}`;
      return withDeadline({ what, timeoutMs, signal }, async (deadline) => {
        try {
          return await post(url, { headers, maxBytes, signal: deadline });
        } catch (error) {
          throw describe(error, cid, name, maxBytes);
        }
      });
    },
  };
}

function parseEndpoint({ endpoint, headers = {} }: KuboSourceOptions) {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new BaseError('CONTENT_SOURCE_INVALID', 'The endpoint of the content source is no URL.', {
      expected: 'an http or https URL of a Kubo RPC API, such as http://127.0.0.1:5001',
      found: redact(JSON.stringify(endpoint)),
    });
  }
  const { username, password, origin, pathname } = url;
  const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return {
    name: origin,
    base: `${origin}${pathname.replace(/\/*$/, '/')}`,
    headers: { ...(login !== ':' && { authorization: `Basic ${btoa(login)}` }), ...headers },
  };
}

async function post(
  url: string,
  options: ReadBlockOptions & { headers: Record<string, string> },
): Promise<Uint8Array> {
  const { headers, signal, maxBytes } = options;
  const response = await fetch(url, { method: 'POST', headers, signal: signal ?? null });
  if (response.ok) {
    const bytes = await readBody(response.body, maxBytes);
    if (bytes !== undefined) return bytes;
    throw new BaseError('CONTENT_TOO_LARGE', 'too large');
  }
  const text = await readBody(response.body, 4096);
  const reason = new TextDecoder().decode(text?.subarray(0, 4096));
  throw new BaseError(
    'CONTENT_UNAVAILABLE',
    `${response.status} ${findMessage(reason) || response.statusText}`.trim(),
  );
}

// Kubo explains its refusals as JSON with a member Message.
function findMessage(text: string): string {
  let message = text;
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null && 'Message' in parsed) {
      message = String(parsed.Message);
    }
  } catch {
    // Not JSON: the text itself has to do.
  }
  return redact(message.replace(/[\p{C}\s]+/gu, ' ').slice(0, 200)).trim();
}

function describe(error: unknown, cid: string, name: string, maxBytes: number): BaseError {
  if (error instanceof BaseError && error.code === 'CONTENT_TOO_LARGE') {
    const message = `Block ${cid} from ${name} is larger than ${maxBytes} bytes.`;
    return new BaseError('CONTENT_TOO_LARGE', message);
  }
  const message = `Block ${cid} is not to be had from ${name}.`;
  if (error instanceof BaseError) {
    return new BaseError('CONTENT_UNAVAILABLE', message, { found: error.shortMessage });
  }
  const { cause } = error instanceof Error ? error : { cause: undefined };
  const reason = BaseError.from(cause ?? error).shortMessage;
  return new BaseError('CONTENT_UNAVAILABLE', message, { found: reason, cause: error });
}
