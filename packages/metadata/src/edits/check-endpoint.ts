import { endpointPattern } from '../schemas/patterns.ts';
import type { EditContext } from './run-edit.ts';

/**
 * Refuses what is no URL of a server.
 *
 * @throws BaseError `METADATA_EDIT_REFUSED`
 */
export function checkEndpoint(
  url: string,
  at: readonly (string | number)[],
  { refuse }: EditContext,
): string {
  if (new RegExp(endpointPattern, 'u').test(url)) return url;
  throw refuse(at, {
    message: 'This is not an endpoint.',
    expected: 'a URL with http or https, a host, and perhaps a port',
    found: url.length <= 200 ? JSON.stringify(url) : `${url.length} characters`,
    hint: 'Write it in full, such as https://example.org:7000.',
  });
}
