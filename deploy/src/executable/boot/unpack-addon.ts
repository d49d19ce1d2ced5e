import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { cacheVariable } from './cache-directory.ts';

/** A native addon inside of the executable. */
export interface PackedAddon {
  /** `secp256k1` */
  readonly name: string;
  /** SHA-256 of its bytes, in hexadecimal. */
  readonly sha256: string;
  read(): Uint8Array;
}

/**
 * Puts a native addon where the system can load it from, and returns its path. The file is named after
 * its content, so executables of several versions share a directory. One that is there already is used
 * only when its bytes are right; directory and file must belong to this user or to root, and nobody
 * else may write to them. Throws an error of one line that names the directory and the fix.
 */
export function unpackAddon(addon: PackedAddon, directory: string): string {
  const path = join(directory, `${addon.sha256.slice(0, 16)}-${addon.name}.node`);
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    checkDirectory(directory);
    if (!isRight(path, addon.sha256)) write(path, addon.read());
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(
      `snetd cannot unpack its native parts into ${directory}: ${reason}. ` +
        `Set ${cacheVariable} to a directory that only this user can write to.`,
      { cause },
    );
  }
  return path;
}

function checkDirectory(directory: string): void {
  const stats = statSync(directory);
  if (!stats.isDirectory()) throw new Error('it is no directory');
  checkOwner(stats);
}

/** Whoever may write there could put other code in place of ours. */
function checkOwner({ uid, mode }: Stats): void {
  const own = process.geteuid?.();
  if (own === undefined) return;
  if (uid !== own && uid !== 0) throw new Error(`it belongs to user ${uid}, not to ${own}`);
  if ((mode & 0o022) !== 0) throw new Error(`others may write to it (mode ${toOctal(mode)})`);
}

function toOctal(mode: number): string {
  return (mode & 0o7777).toString(8).padStart(4, '0');
}

function isRight(path: string, sha256: string): boolean {
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  } catch {
    return false;
  }
  try {
    const stats = fstatSync(file);
    checkOwner(stats);
    return (
      stats.isFile() && createHash('sha256').update(readFileSync(file)).digest('hex') === sha256
    );
  } finally {
    closeSync(file);
  }
}

/** Another process may do the same now: whole files only appear, one after the other. */
function write(path: string, bytes: Uint8Array): void {
  const draft = `${path}.${randomBytes(8).toString('hex')}`;
  try {
    writeFileSync(draft, bytes, { flag: 'wx', mode: 0o700 });
    renameSync(draft, path);
  } catch (cause) {
    rmSync(draft, { force: true });
    throw cause;
  }
}
