import { BaseError } from '@snetkit/core';
import type { BlockOrigin } from './verify-block.ts';

/** The error of a source, with the content and the provider as its place unless it has one. */
export function placeError(error: unknown, { root, provider }: BlockOrigin): BaseError {
  const base = BaseError.from(error, 'CONTENT_UNAVAILABLE');
  const { code, shortMessage, expected, found, hint, cause } = base;
  const place = base.place ?? `content ${root} from ${provider}`;
  return new BaseError(code, shortMessage, { place, expected, found, hint, cause });
}
