import { BaseError } from '@snetkit/core';

/**
 * The endpoints of a group that can be called, in the order in which they are tried. One that the
 * user gives replaces them all.
 *
 * @throws BaseError `ENDPOINT_MISSING`
 */
export function chooseEndpoints(
  published: readonly string[],
  given: string | undefined,
  place: string,
): readonly [string, ...string[]] {
  const candidates = given === undefined ? published : [given];
  const [first, ...rest] = candidates.filter(isCallable).map((url) => url.replace(/\/+$/, ''));
  if (first !== undefined) return [first, ...rest];
  throw new BaseError('ENDPOINT_MISSING', 'The service has no endpoint that can be called.', {
    place,
    expected: 'an http:// or https:// URL',
    found:
      candidates.length === 0 ? 'none' : candidates.map((url) => JSON.stringify(url)).join(', '),
  });
}

function isCallable(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}
