import { BaseError, type BaseErrorOptions } from '@snetkit/core';

/**
 * An error of a lower room, told with what only the caller knows: where it happened, and what to do.
 * Errors of other kinds are passed through.
 */
export function withPlace(
  error: unknown,
  options: Pick<BaseErrorOptions, 'place' | 'hint'>,
): unknown {
  if (!(error instanceof BaseError) || error.place !== undefined) return error;
  const { code, shortMessage, expected, found } = error;
  const hint = error.hint ?? options.hint;
  return new BaseError(code, shortMessage, { place: options.place, expected, found, hint });
}
