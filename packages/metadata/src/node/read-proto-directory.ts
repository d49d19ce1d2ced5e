import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { BaseError, bytesToUtf8 } from '@snetkit/core';
import { archiveInvalid, archiveTooLarge } from '../archives/archive-error.ts';
import { type ArchiveLimits, defaultArchiveLimits } from '../archives/archive-limits.ts';
import { checkEntryName } from '../archives/check-entry-name.ts';
import { aborted, readFileBounded } from './read-file-bounded.ts';

/** Options of {@link readProtoDirectory}. */
export interface ReadProtoDirectoryOptions extends ArchiveLimits {
  /** Cancels reading. */
  readonly signal?: AbortSignal | undefined;
}

/** The protos of a folder. */
export interface ProtoDirectory {
  /** Import path to source text; pass it to `packProtoArchive` or `publishProtoArchive`. */
  readonly files: ReadonlyMap<string, string>;
  /** What is there but not in `files`, with the reason, sorted. */
  readonly skipped: readonly SkippedEntry[];
}

/** Something in a folder that is no proto. */
export interface SkippedEntry {
  /** Below the folder, with `/` between its parts. */
  readonly path: string;
  readonly reason: 'not a .proto file' | 'hidden';
}

interface Walk {
  readonly root: string;
  readonly files: Map<string, string>;
  readonly skipped: SkippedEntry[];
  readonly limits: { maxEntries: number; maxFileBytes: number; maxTotalBytes: number };
  readonly signal: AbortSignal | undefined;
  entries: number;
  bytes: number;
}

/** Deeper folders are no import paths; a walk must end. */
const maxDepth = 32;

/**
 * Reads all protos of a folder and the folders in it, by the path below it, which is how they import
 * each other. Symbolic links are refused: what they lead to would end up in a public archive.
 *
 * @throws BaseError `ARCHIVE_INVALID`, `ARCHIVE_TOO_LARGE`, `CONTENT_TOO_LARGE`, `CONTENT_UNAVAILABLE`,
 *   `ABORTED`
 */
export async function readProtoDirectory(
  directory: string,
  options: ReadProtoDirectoryOptions = {},
): Promise<ProtoDirectory> {
  const { maxEntries, maxFileBytes, maxTotalBytes } = defaultArchiveLimits;
  const walk: Walk = {
    root: directory,
    files: new Map(),
    skipped: [],
    limits: {
      maxEntries: options.maxEntries ?? maxEntries,
      maxFileBytes: options.maxFileBytes ?? maxFileBytes,
      maxTotalBytes: options.maxTotalBytes ?? maxTotalBytes,
    },
    signal: options.signal,
    entries: 0,
    bytes: 0,
  };
  await readFolder(walk, '', 1);
  if (walk.files.size === 0) {
    throw archiveInvalid('There is no .proto file to pack.', { place: directory });
  }
  const files = new Map([...walk.files].sort(([a], [b]) => (a < b ? -1 : 1)));
  return { files, skipped: walk.skipped.sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

async function readFolder(walk: Walk, folder: string, depth: number): Promise<void> {
  const { root, limits } = walk;
  if (depth > maxDepth) throw archiveTooLarge(`${maxDepth} levels of folders`, { place: folder });
  for (const entry of await list(join(root, folder))) {
    if (walk.signal?.aborted) throw aborted(join(root, folder), walk.signal);
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (++walk.entries > limits.maxEntries) throw archiveTooLarge(`${limits.maxEntries} entries`);
    if (entry.isSymbolicLink()) throw forbidden(walk, path, 'a symbolic link');
    if (entry.name.startsWith('.')) walk.skipped.push({ path, reason: 'hidden' });
    else if (entry.isDirectory()) await readFolder(walk, path, depth + 1);
    else if (!entry.name.endsWith('.proto')) {
      walk.skipped.push({ path, reason: 'not a .proto file' });
    } else if (!entry.isFile()) throw forbidden(walk, path, 'neither a file nor a folder');
    else walk.files.set(checkEntryName(path), await readProto(walk, path));
  }
}

async function list(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (cause) {
    throw new BaseError('CONTENT_UNAVAILABLE', `The folder ${folder} cannot be read.`, {
      found: BaseError.from(cause).shortMessage,
      cause,
    });
  }
}

async function readProto(walk: Walk, path: string): Promise<string> {
  const { maxFileBytes, maxTotalBytes } = walk.limits;
  const place = join(walk.root, path);
  const bytes = await readFileBounded(place, {
    maxBytes: maxFileBytes,
    signal: walk.signal,
    // A link that takes the file's place between listing and reading.
    followLinks: false,
  });
  walk.bytes += bytes.length;
  if (walk.bytes > maxTotalBytes) throw archiveTooLarge(`${maxTotalBytes} bytes`, { place });
  try {
    return bytesToUtf8(bytes);
  } catch (cause) {
    throw archiveInvalid('This file is not text.', { place, expected: 'UTF-8', cause });
  }
}

function forbidden({ root }: Walk, path: string, found: string): BaseError {
  return archiveInvalid('The folder of protos holds something that does not belong there.', {
    place: join(root, path),
    expected: 'plain files and folders',
    found,
    hint: 'Replace it by the file itself, or keep it outside of the folder of protos.',
  });
}
