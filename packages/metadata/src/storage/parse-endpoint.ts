import { BaseError, redact } from '@snetkit/core';

/** Where requests go. */
export interface Endpoint {
  /** Scheme and host, for messages. */
  readonly name: string;
  /** Ends with a slash. */
  readonly base: string;
  readonly headers: Record<string, string>;
}

/**
 * Reads the base URL of a provider; user and password in it become basic authentication.
 *
 * @throws BaseError `CONTENT_SOURCE_INVALID`
 */
export function parseEndpoint(options: {
  endpoint: string;
  headers?: Readonly<Record<string, string>> | undefined;
  /** What the URL should be, for the message. */
  expected: string;
}): Endpoint {
  const { endpoint, headers = {}, expected } = options;
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new BaseError('CONTENT_SOURCE_INVALID', 'The endpoint of the content source is no URL.', {
      expected,
      found: redact(JSON.stringify(endpoint)),
    });
  }
  const { origin, pathname } = url;
  return {
    name: origin,
    base: `${origin}${pathname.replace(/\/*$/, '/')}`,
    headers: { ...getLogin(url), ...headers },
  };
}

/**
 * The header for user and password in a URL, which may be any text (RFC 7617, UTF-8).
 *
 * @throws BaseError `CONTENT_SOURCE_INVALID`
 */
export function getLogin({ username, password, origin }: URL): { authorization?: string } {
  const login = `${decode(username, origin)}:${decode(password, origin)}`;
  if (login === ':') return {};
  const bytes = String.fromCharCode(...new TextEncoder().encode(login));
  return { authorization: `Basic ${btoa(bytes)}` };
}

function decode(text: string, place: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    const message = 'User or password in the URL of the content source cannot be read.';
    throw new BaseError('CONTENT_SOURCE_INVALID', message, {
      place,
      expected: 'percent-encoded text: %25 for %',
    });
  }
}
