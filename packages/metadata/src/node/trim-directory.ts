import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Drafts older than this were left by a process that ended. */
const maxDraftAgeMs = 60 * 60 * 1000;

/** A file of a cache. */
interface Kept {
  readonly file: string;
  readonly size: number;
  readonly usedMs: number;
}

/** Deletes what was not used for longest until at most `maxBytes` are left; other processes may do the same. */
export async function trimDirectory(directory: string, maxBytes: number): Promise<void> {
  const files = await list(directory);
  const now = Date.now();
  const drafts = files.filter(({ file, usedMs }) => isDraft(file) && usedMs < now - maxDraftAgeMs);
  const kept = files.filter(({ file }) => !isDraft(file)).sort((a, b) => a.usedMs - b.usedMs);
  let bytes = kept.reduce((sum, { size }) => sum + size, 0);
  for (const { file } of drafts) await rm(file, { force: true });
  for (const { file, size } of kept) {
    if (bytes <= maxBytes) return;
    await rm(file, { force: true });
    bytes -= size;
  }
}

async function list(directory: string): Promise<Kept[]> {
  const folders = await readdir(directory, { withFileTypes: true });
  const files: Kept[] = [];
  for (const { name: folder } of folders.filter((one) => one.isDirectory())) {
    for (const name of await readdir(join(directory, folder)).catch(() => [])) {
      if (!isOurs(folder, name)) continue;
      const file = join(directory, folder, name);
      // Another process may have deleted it in between.
      const found = await lstat(file).catch(() => undefined);
      if (found?.isFile()) files.push({ file, size: found.size, usedMs: found.mtimeMs });
    }
  }
  return files;
}

/** Whatever else is in the folder was not put there by a cache: it stays, and is not counted. */
function isOurs(folder: string, name: string): boolean {
  const cid = /^(b[a-z2-7]{40,})(?:\.[0-9a-f-]{36}\.tmp)?$/.exec(name)?.[1];
  return cid?.slice(-2) === folder;
}

function isDraft(file: string): boolean {
  return file.endsWith('.tmp');
}
