import { BaseError, redact } from '@snetkit/core';
import type { LocationSource } from '../content/location-source.ts';
import { getLogin } from './parse-endpoint.ts';
import { readFrom } from './read-from.ts';

/** Options of {@link httpLocations}. */
export interface HttpLocationsOptions {
  /** Milliseconds for one request; 30 seconds unless given. */
  readonly timeoutMs?: number | undefined;
}

/**
 * Reads `http://` and `https://` URLs. Errors name the origin of a URL only: keys stand in the rest.
 *
 * @throws BaseError reading throws `CONTENT_SOURCE_INVALID`, `CONTENT_UNAVAILABLE`,
 *   `CONTENT_TOO_LARGE`, `TIMED_OUT` or `ABORTED`
 */
export function httpLocations(options: HttpLocationsOptions = {}): LocationSource {
  const { timeoutMs } = options;
  return {
    async readLocation(place, { signal, maxBytes }) {
      const url = URL.canParse(place) ? new URL(place) : undefined;
      if (url === undefined || !/^https?:$/.test(url.protocol)) {
        throw new BaseError('CONTENT_SOURCE_INVALID', 'This is not a URL that can be read.', {
          expected: 'an http or https URL',
          found: redact(JSON.stringify(place)),
        });
      }
      const headers = getLogin(url);
      const { origin, pathname, search } = url;
      const bytes = await readFrom({
        name: origin,
        subject: 'the content of the URL',
        method: 'GET',
        url: `${origin}${pathname}${search}`,
        headers: { ...headers },
        timeoutMs,
        signal,
        maxBytes,
      });
      return { bytes, provider: origin };
    },
  };
}
