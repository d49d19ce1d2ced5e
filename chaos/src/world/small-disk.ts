import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';

/** A file system of a few MiB. */
export interface SmallDisk {
  readonly path: string;
  /** Takes all the room that is left. */
  fill(): Promise<void>;
  /** Gives it back. */
  free(): void;
  unmount(): void;
}

/** Mounts one from a file; undefined where this process may not do that. */
export function mountSmallDisk(directory: string): SmallDisk | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined;
  const image = join(directory, 'disk.img');
  const path = join(directory, 'disk');
  mkdirSync(path, { recursive: true });
  writeFileSync(image, '');
  const run = (program: string, ...args: string[]) => spawnSync(program, args).status === 0;
  const isMounted =
    run('truncate', '-s', '48M', image) &&
    run('mkfs.ext4', '-q', '-F', '-m', '0', image) &&
    run('mount', '-o', 'loop', image, path);
  if (!isMounted) return undefined;
  const ballast = join(path, 'ballast');
  const free = () => rmSync(ballast, { force: true });
  const unmount = () => {
    process.off('exit', unmount);
    free();
    run('umount', '-l', path);
  };
  // A mount outlives its process.
  process.once('exit', unmount);
  return {
    path,
    async fill() {
      const file = await open(ballast, 'w');
      try {
        for (const size of [1 << 20, 4096]) await writeUntilFull(file.write.bind(file), size, path);
      } finally {
        await file.close();
      }
    },
    free,
    unmount,
  };
}

async function writeUntilFull(
  write: (chunk: Buffer) => Promise<{ bytesWritten: number }>,
  size: number,
  path: string,
): Promise<void> {
  const chunk = Buffer.alloc(size, 1);
  try {
    while (statfsSync(path).bavail > 0) {
      const { bytesWritten } = await write(chunk);
      if (bytesWritten < size) return;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
}
