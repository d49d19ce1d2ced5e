import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BaseError } from '@snetkit/core';
import type { LocationSource } from '../content/location-source.ts';
import { readFileBounded } from './read-file-bounded.ts';

/**
 * Reads files of this machine, named by path or `file:` URL. It serves what a caller names; no
 * document and no registry entry can.
 *
 * @throws BaseError reading throws `CONTENT_UNAVAILABLE`, `CONTENT_TOO_LARGE`, `STORAGE_URI_INVALID`
 */
export function fileLocations(): LocationSource {
  return {
    async readLocation(place, { signal, maxBytes }) {
      const file = resolve(toPath(place));
      return { bytes: await readFileBounded(file, { maxBytes, signal }), provider: file };
    },
  };
}

function toPath(place: string): string {
  if (!place.startsWith('file:')) return place;
  try {
    return fileURLToPath(place);
  } catch (cause) {
    throw new BaseError('STORAGE_URI_INVALID', 'This does not name a file of this machine.', {
      expected: 'a path, or file:///path',
      found: JSON.stringify(place.slice(0, 200)),
      cause,
    });
  }
}
