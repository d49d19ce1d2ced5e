import { lstat, readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { BaseError } from '@snetkit/core';
import type { FileSource } from '../content/content-source.ts';
import { readFileBounded } from './read-file-bounded.ts';

/** More files below one directory are nobody's assets. */
const maxFiles = 1000;

/**
 * Content in a folder, each file named by its CID, as {@link directoryStore} writes it; published
 * directories are folders with the name of their CID. Files are checked by encoding them again.
 */
export function directorySource(directory: string): FileSource {
  return {
    name: directory,
    readFile: (cid, { signal, maxBytes }) =>
      readFileBounded(join(directory, cid), { maxBytes, signal, followLinks: false }),
    async readDirectory(cid, { signal, maxBytes }) {
      const root = join(directory, cid);
      const files = new Map<string, Uint8Array>();
      let left = maxBytes;
      for (const path of await listFiles(root)) {
        const options = { maxBytes: left, signal, followLinks: false };
        const bytes = await readFileBounded(join(root, path), options);
        left -= bytes.length;
        files.set(path.split(sep).join('/'), bytes);
      }
      return files;
    },
  };
}

async function listFiles(root: string): Promise<string[]> {
  const found = await lstat(root).catch(() => undefined);
  if (found?.isDirectory() !== true) {
    const message = `The directory ${root} cannot be read.`;
    const what = found === undefined ? 'nothing at that path' : 'no directory';
    throw new BaseError('CONTENT_UNAVAILABLE', message, { found: what });
  }
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
  if (paths.length <= maxFiles) return paths.sort();
  const message = `The directory ${root} has more than ${maxFiles} files.`;
  throw new BaseError('CONTENT_TOO_LARGE', message, { found: `${paths.length} files` });
}
