import { BaseError, bytesToBase64, redact, utf8ToBytes } from '@snetkit/core';

/** Where requests go. The URL may hold an API key: only `host` may be shown. */
export interface RpcEndpoint {
  readonly url: string;
  /** `host:port`, for messages. */
  readonly host: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Who is there, for messages: "The chain cannot be reached." */
  readonly peer: string;
  /** Sends the requests; the platform's own unless there are certificates to show. */
  readonly fetch: typeof globalThis.fetch;
  /** Takes keys out of a text that the endpoint wrote; some quote the path or key of a request. */
  conceal(text: string): string;
}

/**
 * Reads the URL of a JSON-RPC endpoint. User and password in it become an `Authorization` header,
 * because `fetch` refuses them in a URL.
 *
 * @throws BaseError `RPC_URL_INVALID`, which does not show the URL
 */
export function parseRpcEndpoint(
  rpcUrl: string,
  headers: Readonly<Record<string, string>> = {},
): RpcEndpoint {
  const url = URL.canParse(rpcUrl) ? new URL(rpcUrl) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    throw new BaseError('RPC_URL_INVALID', 'The URL of the RPC endpoint cannot be used.', {
      expected: 'a URL that starts with http:// or https://',
      ...(url && { found: url.protocol }),
    });
  }
  const { username, password, host } = url;
  url.username = '';
  url.password = '';
  const user = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const authorization =
    user === ':' ? {} : { authorization: `Basic ${bytesToBase64(utf8ToBytes(user))}` };
  const secrets = findSecrets(url, password);
  return {
    url: url.href,
    host,
    headers: { ...authorization, ...headers },
    peer: 'chain',
    // Called by its own name: browsers refuse it as a method of something else.
    fetch: (input, init) => fetch(input, init),
    conceal: (text) =>
      redact(secrets.reduce((rest, secret) => rest.replaceAll(secret, '[hidden]'), text)),
  };
}

/** Every part of the URL that may be a key: short parts are `v3` and the like. */
function findSecrets(url: URL, password: string): readonly string[] {
  const parts = [...url.pathname.split('/'), ...url.searchParams.values(), password];
  return parts.filter((part) => part.length >= 8);
}
