import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdir, realpath, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Who the daemon is in a container; must agree with the Containerfile. */
const user = 65_532;

/** How the root of an image is made. */
export interface RootfsOptions {
  /** The executable of the daemon. */
  readonly executable: string;
  /** Folder that becomes the root; what is there is removed. */
  readonly directory: string;
}

/**
 * Makes the root file system of an image that holds the daemon and the libraries it is linked with, of
 * this machine, and nothing else: no shell, no package manager. Native parts are unpacked beforehand,
 * so that nothing in it needs to be written to.
 */
export async function makeRootfs({ executable, directory }: RootfsOptions): Promise<void> {
  await rm(directory, { recursive: true, force: true });
  const at = (path: string) => join(directory, path);
  for (const folder of ['usr/bin', 'usr/lib/snetd', 'etc/snetd', 'tmp', 'var/lib/snetd']) {
    await mkdir(at(folder), { recursive: true, mode: 0o755 });
  }
  await copyFile(executable, at('usr/bin/snetd'));
  await chmod(at('usr/bin/snetd'), 0o755);

  const { stdout } = await run(executable, ['unpack'], {
    env: { SNETD_CACHE_DIR: at('usr/lib/snetd') },
  });
  const addons = stdout.split('\n').filter(Boolean);
  // The owner of the image's files is root; everybody may read them.
  await chmod(at('usr/lib/snetd'), 0o755);
  for (const addon of addons) await chmod(addon, 0o755);

  for (const library of await listLibraries([executable, ...addons])) {
    await mkdir(dirname(at(library)), { recursive: true });
    await copyFile(await realpath(library), at(library));
    await chmod(at(library), 0o755);
  }
  const account = `snetd:x:${user}:${user}:snetd:/var/lib/snetd:/usr/sbin/nologin`;
  await writeFile(at('etc/passwd'), `root:x:0:0:root:/:/usr/sbin/nologin\n${account}\n`);
  await writeFile(at('etc/group'), `root:x:0:\nsnetd:x:${user}:\n`);
  await writeFile(at('etc/nsswitch.conf'), 'hosts: files dns\n');
}

/** Paths under which the loader finds what programs are linked with. */
async function listLibraries(files: readonly string[]): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const file of files) {
    const { stdout } = await run('ldd', [file]);
    for (const [, path = ''] of stdout.matchAll(/(?:=> |^\s*)(\/\S+) \(0x/gm)) found.add(path);
  }
  return found;
}
