import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { BaseError } from '@snetkit/core';
import { checkEntryName } from '../archives/check-entry-name.ts';
import type { ContentStore } from '../storage/content-store.ts';

/**
 * Publishes into a folder: each file is named by its CID, a directory is a folder with its CID as
 * name. Whoever has the folder reads it with `directorySource`, or adds it to a node of theirs.
 *
 * @throws BaseError adding throws `PUBLISH_FAILED`
 */
export function directoryStore(directory: string): ContentStore {
  const write = async (files: ReadonlyMap<string, Uint8Array>, cid: string) => {
    // Written beside and moved: nobody finds half of it under the name of the whole.
    const draft = join(directory, `.${cid}.${randomUUID()}.tmp`);
    try {
      for (const [path, bytes] of files) {
        const file = path === '' ? draft : join(draft, checkEntryName(path));
        await mkdir(dirname(file), { recursive: true });
        await writeFile(file, bytes, { flag: 'wx' });
      }
      await replace(draft, join(directory, cid));
      return cid;
    } catch (error) {
      await rm(draft, { recursive: true, force: true }).catch(() => {});
      const message = `${directory} did not take the content.`;
      const found = BaseError.from(error).shortMessage;
      throw new BaseError('PUBLISH_FAILED', message, { found, cause: error });
    }
  };
  return {
    name: directory,
    scheme: 'ipfs',
    addFile: ({ bytes, cid }) => write(new Map([['', bytes]]), cid),
    addDirectory: ({ files, cid }) => write(files, cid),
  };
}

async function replace(draft: string, target: string): Promise<void> {
  try {
    await rename(draft, target);
  } catch (error) {
    const { code } = error as { readonly code?: unknown };
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
    // A directory is not replaced by rename; the one that is there has the same name, and goes.
    await rm(target, { recursive: true, force: true });
    await rename(draft, target);
  }
}
