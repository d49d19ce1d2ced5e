import { utf8ToBytes } from '@snetkit/core';
import { gzipSync } from 'fflate';
import { archiveInvalid } from './archive-error.ts';
import { checkEntryName } from './check-entry-name.ts';
import { checkTree } from './check-tree.ts';
import { writeTar } from './write-tar.ts';

/**
 * Packs protos as a gzip-compressed tar that depends on nothing but their paths and texts: the same
 * protos give the same bytes, hence the same CID, on every machine. Readers of the official tools
 * accept it; those in Python accept only files without a directory in their path.
 *
 * @param files import path to source text, in any order
 * @throws BaseError `ARCHIVE_INVALID` for paths that {@link unpackProtoArchive} would refuse
 */
export async function packProtoArchive(files: ReadonlyMap<string, string>): Promise<Uint8Array> {
  if (files.size === 0) throw archiveInvalid('There is no .proto file to pack.');
  checkTree(new Set(files.keys()));
  const entries = [...files].map(([path, text]) => {
    checkPath(path, text);
    return [path, utf8ToBytes(text)] as const;
  });
  // Compared by UTF-16 code units, which no locale changes.
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  // fflate and not the platform's compressor, whose bytes differ between zlib builds; the version
  // is pinned, and a test holds the bytes. `mtime: 0` leaves the time out of the gzip header.
  return gzipSync(writeTar(new Map(entries)), { level: 9, mtime: 0 });
}

function checkPath(path: string, text: string): void {
  if (checkEntryName(path) !== path || !path.endsWith('.proto')) {
    throw archiveInvalid('This file does not belong into a proto archive.', {
      expected: 'a path such as dir/service.proto',
      found: JSON.stringify(path),
    });
  }
  if (!text.isWellFormed()) {
    throw archiveInvalid('This file is not text.', {
      place: JSON.stringify(path),
      expected: 'text that can be written as UTF-8',
      found: 'half of a surrogate pair',
    });
  }
}
