import { randomUUID } from 'node:crypto';
import { cp, mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** What stays of the folder that is replaced. */
export interface ReplaceFolderOptions {
  /** Folders directly in it, if they are there. */
  readonly keep?: readonly string[];
}

/**
 * Puts the finished output where it belongs and removes everything that was there before, so that
 * a deleted input leaves no file behind and a failed run changes nothing: the new folder is complete
 * before it takes the place of the old one.
 */
export async function replaceFolder(
  from: string,
  to: string,
  { keep = [] }: ReplaceFolderOptions = {},
): Promise<void> {
  // Beside it, because only what is on one file system can be renamed.
  const beside = (suffix: string) => join(dirname(to), `.${basename(to)}.${id}.${suffix}`);
  const id = randomUUID().slice(0, 8);
  const [next, last] = [beside('new'), beside('old')];
  await mkdir(dirname(to), { recursive: true });
  try {
    await cp(from, next, { recursive: true });
    const hadOne = await moved(to, last);
    for (const name of keep) await moved(join(last, name), join(next, name));
    try {
      await rename(next, to);
    } catch (error) {
      for (const name of keep) await moved(join(next, name), join(last, name));
      if (hadOne) await rename(last, to);
      throw error;
    }
  } finally {
    await Promise.all([next, last].map((folder) => rm(folder, { recursive: true, force: true })));
  }
}

async function moved(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
