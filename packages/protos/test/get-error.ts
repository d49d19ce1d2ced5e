import { BaseError } from '@snetkit/core';

/** The error that a function throws; anything but a `BaseError` fails the test. */
export function getError(run: () => unknown): BaseError {
  try {
    run();
  } catch (error) {
    if (error instanceof BaseError) return error;
    throw error;
  }
  throw new TypeError('nothing was thrown');
}
