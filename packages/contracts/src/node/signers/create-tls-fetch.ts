import { request } from 'node:https';
import { Readable } from 'node:stream';
import { BaseError } from '@snetkit/core';

/** A response of these must not be made with a body. */
const bodiless: readonly number[] = [204, 205, 304];

/** Certificates in PEM. */
export interface TlsFetchOptions {
  /** Who signed the server's certificate; the authorities of Node when not given. */
  readonly ca?: string | undefined;
  /** The certificate that is shown to the server, with its chain. */
  readonly cert?: string | undefined;
  /** Its private key; never shown. */
  readonly key?: string | undefined;
}

/**
 * Makes a `fetch` for `remoteSigner` that trusts an authority of one's own, or shows the server a
 * certificate (mutual TLS), as Web3Signer likes to be protected. It follows no redirection.
 *
 * @example
 * ```ts
 * const fetch = createTlsFetch({ ca: await readFile('ca.pem', 'utf8') });
 * const account = await remoteSigner({ url: 'https://signer.internal:9000', token, fetch });
 * ```
 */
export function createTlsFetch(tls: TlsFetchOptions): typeof globalThis.fetch {
  const { ca, cert, key } = tls;
  return async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.protocol !== 'https:') {
      throw new BaseError('RPC_URL_INVALID', 'Certificates need a URL with https.', {
        ...{ place: url.host, expected: 'https:', found: url.protocol },
      });
    }
    const { method = 'GET', body = '', signal } = init;
    const headers = Object.fromEntries(new Headers(init.headers));
    return await new Promise<Response>((resolve, reject) => {
      const options = { method, headers, ca, cert, key, ...(signal && { signal }) };
      const sent = request(url, options, (message) => {
        const text = Object.entries(message.headers).map(([name, value]) => [name, String(value)]);
        const { statusCode: status = 500 } = message;
        const stream = bodiless.includes(status) ? null : Readable.toWeb(message);
        if (stream === null) message.resume();
        const body = stream as ReadableStream<Uint8Array> | null;
        resolve(new Response(body, { status, headers: text as [string, string][] }));
      });
      sent.once('error', reject);
      sent.end(body);
    });
  };
}
