import { readdir, rm, stat } from 'node:fs/promises';
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
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files: Kept[] = [];
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    // Another process may have deleted it in between.
    const found = await stat(file).catch(() => undefined);
    if (found !== undefined) files.push({ file, size: found.size, usedMs: found.mtimeMs });
  }
  return files;
}

function isDraft(file: string): boolean {
  return file.endsWith('.tmp');
}
