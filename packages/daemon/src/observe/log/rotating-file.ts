import {
  closeSync,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import type { LineSink } from '../logger.ts';

/** Where lines are kept, and for how long. */
export interface RotatingFileOptions {
  readonly path: string;
  /** Link that always leads to the file, if one is wanted. */
  readonly link: string | undefined;
  /** A file that would be larger is put away and a new one begun. */
  readonly maxBytes: number;
  /** Files that were put away are removed when they are older, in milliseconds; 0 for never. */
  readonly maxAgeMs: number;
  /** So many files that were put away are kept; 0 for all. */
  readonly maxFiles: number;
}

/**
 * Appends lines to a file, at once: the last line before an end is the one that matters most. A disk that
 * is full costs lines, not the process.
 *
 * @throws Error of the file system when the file cannot be opened
 */
export function openRotatingFile(options: RotatingFileOptions): LineSink {
  const { path, link, maxBytes } = options;
  let file = openSync(path, 'a', 0o640);
  let size = fstatSync(file).size;
  // Two may be put away in one millisecond.
  let count = 0;
  if (link !== undefined) pointTo(link, path);

  function rotate(): void {
    try {
      count += 1;
      renameSync(path, putAwayName(path, count));
      removeOld(options);
    } finally {
      // The old one is open until there is a new one: its number, once free, is somebody else's file.
      const next = openSync(path, 'a', 0o640);
      closeSync(file);
      file = next;
      size = fstatSync(file).size;
    }
  }

  return {
    write(line) {
      const bytes = Buffer.from(line);
      try {
        if (size > 0 && size + bytes.length > maxBytes) rotate();
        writeSync(file, bytes);
        size += bytes.length;
      } catch {
        // Nobody is left to tell.
      }
    },
  };
}

/** `snet-daemon.20261121.log` is put away as `snet-daemon.20261121-2026-11-21T20-45-48.123-0001.log`. */
function putAwayName(path: string, count: number): string {
  const end = extname(path);
  const stem = path.slice(0, path.length - end.length);
  const time = new Date().toISOString().replaceAll(':', '-').replace('Z', '');
  return `${stem}-${time}-${String(count).padStart(4, '0')}${end}`;
}

function removeOld({ path, maxAgeMs, maxFiles }: RotatingFileOptions): void {
  const directory = dirname(path);
  const end = extname(path);
  const stem = `${basename(path, end)}-`;
  const old = readdirSync(directory)
    .filter((name) => name.startsWith(stem) && name.endsWith(end))
    .sort()
    .reverse();
  for (const [index, name] of old.entries()) {
    const file = join(directory, name);
    const isTooOld = maxAgeMs > 0 && Date.now() - statSync(file).mtimeMs > maxAgeMs;
    if (isTooOld || (maxFiles > 0 && index >= maxFiles)) rmSync(file, { force: true });
  }
}

/** What is there and is no link belongs to somebody else. */
function pointTo(link: string, path: string): void {
  try {
    if (lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink() === false) return;
    rmSync(link, { force: true });
    symlinkSync(resolve(path), link);
  } catch {
    // A convenience.
  }
}
