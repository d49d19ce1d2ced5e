import { BaseError } from '@snetkit/core';

/** The error of ours that libraries wrapped into theirs, if there is one. */
export function findBaseError(error: unknown): BaseError | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof BaseError) return cause;
  }
  return undefined;
}
