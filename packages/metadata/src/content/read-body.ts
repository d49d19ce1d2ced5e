import { concatBytes } from '@snetkit/core';

/**
 * Reads a stream of bytes up to a limit, whatever length was announced.
 *
 * @returns `undefined` when there are more than `maxBytes`; the rest is not read
 */
export async function readBody(
  body: ReadableStream<Uint8Array> | null,
  maxBytes: number,
): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = [];
  let length = 0;
  // Leaving the loop cancels the stream.
  for await (const part of body ?? []) {
    length += part.length;
    if (length > maxBytes) return undefined;
    parts.push(part);
  }
  return concatBytes(...parts);
}
