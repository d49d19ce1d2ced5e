import { BaseError, concatBytes } from '@snetkit/core';
import { archiveInvalid, archiveTooLarge } from './archive-error.ts';

/** Compressed bytes handed over at once; deflate makes at most 1032 bytes of each. */
const sliceBytes = 4096;

/** Whether bytes begin as gzip does; the official daemon decides by the same two bytes. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * Unpacks gzip up to a limit, and stops there: a bomb never gets the memory it asks for.
 *
 * @throws BaseError `ARCHIVE_TOO_LARGE`, `ARCHIVE_INVALID` when it is damaged or cut off
 */
export async function gunzip(bytes: Uint8Array, maxBytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const part of slices(bytes).pipeThrough(new DecompressionStream('gzip'))) {
      length += part.length;
      if (length > maxBytes) throw archiveTooLarge(`${maxBytes} bytes when unpacked`);
      parts.push(part);
    }
  } catch (cause) {
    if (cause instanceof BaseError) throw cause;
    throw archiveInvalid('The proto archive is damaged.', {
      expected: 'gzip',
      found: 'other bytes, or too few',
      cause,
    });
  }
  return concatBytes(...parts);
}

function slices(bytes: Uint8Array): ReadableStream<BufferSource> {
  let at = 0;
  return new ReadableStream(
    {
      pull(controller) {
        if (at >= bytes.length) return controller.close();
        controller.enqueue(new Uint8Array(bytes.subarray(at, at + sliceBytes)));
        at += sliceBytes;
      },
    },
    { highWaterMark: 0 },
  );
}
