import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { CID } from 'multiformats/cid';
import { maxBlockBytes } from '../content/block-reader.ts';
import type { ContentCache } from '../content/content-cache.ts';
import { getCacheDirectory } from './cache-directory.ts';
import { trimDirectory } from './trim-directory.ts';

/** Options of {@link openContentCache}. */
export interface ContentCacheOptions {
  /** `content` in {@link getCacheDirectory} unless given; made when something is kept. */
  readonly directory?: string | undefined;
  /** Bytes that stay at most, give or take what is being written; 256 MiB unless given. */
  readonly maxBytes?: number | undefined;
  /** Told of what goes wrong with the disk; the cache itself goes on, as if it were empty. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

/**
 * A cache of verified blocks on disk, each in a file named by its CID. Files appear whole or not at
 * all, so any number of processes may share it; what was not used for longest goes first.
 */
export function openContentCache(options: ContentCacheOptions = {}): ContentCache {
  const { directory = join(getCacheDirectory(), 'content'), maxBytes = 256 * 1024 * 1024 } =
    options;
  const { onError = () => {} } = options;
  // Others write as well, so their bytes are counted anew after every eighth of what may stay.
  const step = maxBytes / 8;
  let untilTrim = 0;
  let trimming: Promise<void> | undefined;

  const trim = async () => {
    untilTrim = step;
    await trimDirectory(directory, maxBytes - step);
    trimming = undefined;
  };

  return {
    name: `the cache in ${directory}`,
    async get(cid) {
      try {
        return await readUsed(join(directory, ...fileOf(cid)));
      } catch (error) {
        if (!isMissing(error)) onError(error);
        return undefined;
      }
    },
    async put(cid, bytes) {
      if (bytes.length > Math.min(maxBlockBytes, step)) return;
      try {
        await writeWhole(directory, fileOf(cid), bytes);
        untilTrim -= bytes.length;
        if (untilTrim < 0) trimming ??= trim();
        await trimming;
      } catch (error) {
        trimming = undefined;
        onError(error);
      }
    },
    async drop(cid) {
      try {
        await rm(join(directory, ...fileOf(cid)), { force: true });
      } catch (error) {
        onError(error);
      }
    },
  };
}

// Base32 has one case only: base58 names would meet on file systems that take A for a.
function fileOf(cid: CID): [folder: string, name: string] {
  const name = cid.toV1().toString();
  return [name.slice(-2), name];
}

async function readUsed(file: string): Promise<Uint8Array | undefined> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    if (size > maxBlockBytes) return undefined;
    const bytes = new Uint8Array(size);
    const { bytesRead } = await handle.read(bytes, 0, size, 0);
    const now = new Date();
    // When it was used last decides what goes first; without the right to say so, it goes early.
    await utimes(file, now, now).catch(() => {});
    return bytes.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

async function writeWhole(
  directory: string,
  [folder, name]: [string, string],
  bytes: Uint8Array,
): Promise<void> {
  const parent = join(directory, folder);
  await mkdir(parent, { recursive: true, mode: 0o700 });
  const draft = join(parent, `${name}.${randomUUID()}.tmp`);
  try {
    const handle = await open(draft, 'wx', 0o600);
    try {
      await handle.writeFile(bytes);
    } finally {
      await handle.close();
    }
    await rename(draft, join(parent, name));
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {});
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
