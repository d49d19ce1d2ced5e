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

/** The header for user and password in a URL. */
export function getLogin({ username, password }: URL): { authorization?: string } {
  const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return login === ':' ? {} : { authorization: `Basic ${btoa(login)}` };
}
