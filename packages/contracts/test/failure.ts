import { BaseError } from '@snetkit/core';

/** The error that something ends with; every error of this package is a `BaseError`. */
export async function failure(promise: Promise<unknown>): Promise<BaseError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof BaseError) return error;
  throw new TypeError('it did not fail with a BaseError', { cause: error });
}
