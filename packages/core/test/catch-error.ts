import { BaseError } from '../src/errors/base-error.ts';

/** The BaseError that a function throws. */
export function catchError(call: () => unknown): BaseError {
  try {
    call();
  } catch (error) {
    if (error instanceof BaseError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
