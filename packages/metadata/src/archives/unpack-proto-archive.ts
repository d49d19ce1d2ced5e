import { BaseError, bytesToUtf8 } from '@snetkit/core';
import { archiveInvalid, archiveTooLarge } from './archive-error.ts';
import { type ArchiveLimits, defaultArchiveLimits } from './archive-limits.ts';
import { checkEntryName } from './check-entry-name.ts';
import { checkTree } from './check-tree.ts';
import { gunzip, isGzip } from './gunzip.ts';
import { readTar } from './read-tar.ts';

/** Options of {@link unpackProtoArchive}. */
export interface UnpackOptions extends ArchiveLimits {
  /** Called with the name of each file that is not a `.proto` file. */
  readonly onSkipped?: ((name: string) => void) | undefined;
}

/**
 * Turns an archive of protos, tar or gzip-compressed tar, into files by their import path. Only
 * `.proto` files come out; directories are kept in the path. Nothing is written anywhere.
 *
 * @returns path to source text, in the order of the archive
 * @throws BaseError `ARCHIVE_INVALID` for links, devices, names that leave the archive, names that
 *   occur twice or as file and directory, text that is not UTF-8, damage, and archives without a `.proto` file;
 *   `ARCHIVE_TOO_LARGE` beyond a limit
 */
export async function unpackProtoArchive(
  bytes: Uint8Array,
  options: UnpackOptions = {},
): Promise<Map<string, string>> {
  const { maxEntries, maxFileBytes, maxTotalBytes } = {
    ...defaultArchiveLimits,
    ...given(options),
  };
  const tar = isGzip(bytes) ? await gunzip(bytes, maxTotalBytes) : bytes;
  if (tar.length > maxTotalBytes) throw archiveTooLarge(`${maxTotalBytes} bytes when unpacked`);
  const files = new Map<string, string>();
  const names = new Set<string>();
  for (const { name, type, data } of readTar(tar, { maxEntries, maxFileBytes })) {
    if (type === 'directory') {
      if (name !== './' && name !== '.') checkEntryName(name.replace(/\/$/, ''));
      continue;
    }
    const path = checkEntryName(name);
    if (names.has(path)) {
      throw archiveInvalid('The proto archive has a file twice.', { place: JSON.stringify(path) });
    }
    names.add(path);
    if (path.endsWith('.proto')) files.set(path, readText(path, data));
    else options.onSkipped?.(path);
  }
  checkTree(names);
  if (files.size > 0) return files;
  throw archiveInvalid('The proto archive has no .proto file.', {
    found: `${names.size} other files`,
  });
}

function given({ maxEntries, maxFileBytes, maxTotalBytes }: ArchiveLimits) {
  return {
    ...(maxEntries !== undefined && { maxEntries }),
    ...(maxFileBytes !== undefined && { maxFileBytes }),
    ...(maxTotalBytes !== undefined && { maxTotalBytes }),
  };
}

function readText(path: string, data: Uint8Array): string {
  try {
    return bytesToUtf8(data);
  } catch (cause) {
    throw archiveInvalid('A file of the proto archive is not text.', {
      place: JSON.stringify(path),
      expected: 'UTF-8',
      cause: BaseError.from(cause),
    });
  }
}
