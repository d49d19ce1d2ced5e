import { BaseError } from '@snetkit/core';

/** The `BaseError` that a call throws or rejects with; anything else fails the test. */
export async function catchError(work: () => unknown): Promise<BaseError> {
  let result: unknown;
  try {
    result = await work();
  } catch (error) {
    if (error instanceof BaseError) return error;
    throw error;
  }
  throw new TypeError(`nothing was thrown, but this came back: ${String(result).slice(0, 200)}`);
}
