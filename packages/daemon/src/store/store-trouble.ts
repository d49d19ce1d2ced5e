import { BaseError } from '@snetkit/core';

/** An error that tells what the disk or SQLite said, and where. */
export function storeTrouble(
  message: string,
  { place, cause }: { readonly place: string; readonly cause: unknown },
): BaseError {
  const found = cause instanceof Error ? cause.message : String(cause);
  return new BaseError('STORE_UNAVAILABLE', message, { place, found, cause });
}
