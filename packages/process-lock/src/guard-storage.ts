import { BaseError, type ErrorCode } from '@snetkit/core';

/** What trouble with a store is called. */
export interface StorageTrouble {
  readonly code: ErrorCode;
  readonly message: string;
  readonly place: string;
}

/**
 * Does work on files of the user: whatever the file system, SQLite or a lock says becomes one error
 * that names the place. Errors of the work itself, and mistakes of ours, stay as they are.
 *
 * @throws BaseError of the code that is given; what the work throws
 */
export function guardStorage<T>({ code, message, place }: StorageTrouble, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    const isOwn = cause instanceof BaseError && cause.code !== 'LOCK_UNAVAILABLE';
    if (isOwn || !(cause instanceof BaseError || isStorageError(cause))) throw cause;
    throw new BaseError(code, message, { place, cause });
  }
}

/** Whether the file system or SQLite threw this, and not a mistake of ours. */
function isStorageError(cause: unknown): boolean {
  const code = (cause as { code?: unknown } | undefined)?.code;
  return code === 'ERR_SQLITE_ERROR' || (typeof code === 'string' && code.startsWith('E'));
}
