import { BaseError } from '@snetkit/core';

/** The error that `run` throws; anything but a `BaseError` fails the test. */
export async function catchError(run: () => unknown): Promise<BaseError> {
  try {
    await run();
  } catch (error) {
    if (error instanceof BaseError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
