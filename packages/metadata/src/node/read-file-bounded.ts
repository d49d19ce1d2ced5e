import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { BaseError } from '@snetkit/core';

/** Everything but plain files is refused; a named pipe must not make us wait when it is opened. */
const flags = constants.O_RDONLY | constants.O_NONBLOCK;

/**
 * Reads a plain file of at most `maxBytes`.
 *
 * @param options.followLinks false to refuse a symbolic link at the end of the path
 * @throws BaseError `CONTENT_UNAVAILABLE`, `CONTENT_TOO_LARGE`, `ABORTED`
 */
export async function readFileBounded(
  file: string,
  options: { maxBytes: number; signal?: AbortSignal | undefined; followLinks?: boolean },
): Promise<Uint8Array> {
  const { maxBytes, signal, followLinks = true } = options;
  try {
    signal?.throwIfAborted();
    const handle = await open(file, followLinks ? flags : flags | constants.O_NOFOLLOW);
    try {
      const found = await handle.stat();
      if (!found.isFile()) throw unreadable(file, found.isDirectory() ? 'a directory' : 'no file');
      // A file may grow while it is read, and some say that they are empty.
      const bytes = new Uint8Array(maxBytes + 1 < found.size ? maxBytes + 1 : found.size + 1);
      let length = 0;
      while (length < bytes.length) {
        signal?.throwIfAborted();
        const { bytesRead } = await handle.read(bytes, length, bytes.length - length, length);
        if (bytesRead === 0) break;
        length += bytesRead;
      }
      if (length <= maxBytes && length < bytes.length) return bytes.subarray(0, length);
      if (length > maxBytes) throw tooLong(file, maxBytes);
      throw unreadable(file, 'a file that grows while it is read');
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof BaseError) throw error;
    if (signal?.aborted) throw aborted(file, signal);
    throw unreadable(file, describe(error), error);
  }
}

/** The error of work on files that was cancelled. */
export function aborted(place: string, signal: AbortSignal): BaseError {
  return new BaseError('ABORTED', `Reading ${place} was cancelled.`, { cause: signal.reason });
}

function describe(error: unknown): string {
  const { code } = error as { readonly code?: unknown };
  if (code === 'ENOENT') return 'nothing at that path';
  if (code === 'ELOOP') return 'a symbolic link';
  return BaseError.from(error).shortMessage;
}

function unreadable(file: string, found: string, cause?: unknown): BaseError {
  return new BaseError('CONTENT_UNAVAILABLE', `The file ${file} cannot be read.`, { found, cause });
}

function tooLong(file: string, maxBytes: number): BaseError {
  return new BaseError('CONTENT_TOO_LARGE', `The file ${file} is larger than ${maxBytes} bytes.`);
}
