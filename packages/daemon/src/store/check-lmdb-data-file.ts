import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { BaseError } from '@snetkit/core';

// LMDB's meta page: 24 bytes of page header, then a magic number and the version of the format.
const magic = [0xbeefc0de, 2];
const magicOffset = 24;

/**
 * Refuses a directory whose data file is not LMDB's: opening it would end the process in the native
 * library, without a word.
 *
 * @throws BaseError `STORE_UNAVAILABLE`
 */
export function checkLmdbDataFile(directory: string): void {
  const path = join(directory, 'data.mdb');
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    // Missing: it will be made. Anything else the library tells better.
    return;
  }
  try {
    const head = Buffer.alloc(magicOffset + 8);
    const length = readSync(file, head, 0, head.length, 0);
    const found = [head.readUInt32LE(magicOffset), head.readUInt32LE(magicOffset + 4)];
    if (length > 0 && found.join() !== magic.join()) {
      throw new BaseError('STORE_UNAVAILABLE', 'The store cannot be opened.', {
        place: path,
        found: 'not an LMDB data file of format 2',
        hint: 'Name the directory of a store, or an empty one.',
      });
    }
  } finally {
    closeSync(file);
  }
}
