import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Manifest } from './boot/manifest.ts';

/** What the daemon tells about its build: version from its package, date and commit of this one. */
export async function readBuild(daemon: string): Promise<Manifest['json']> {
  const { version } = JSON.parse(await readFile(join(daemon, 'package.json'), 'utf8'));
  const git = (...args: string[]) => {
    try {
      const stdio: ['ignore', 'pipe', 'ignore'] = ['ignore', 'pipe', 'ignore'];
      return execFileSync('git', args, { cwd: daemon, encoding: 'utf8', stdio }).trim();
    } catch {
      // Built from an archive.
      return undefined;
    }
  };
  // The date of the commit, not of the build: the same sources make the same executable.
  const builtOn = git('show', '-s', '--format=%cs', 'HEAD');
  const revision = git('rev-parse', 'HEAD');
  return {
    'package.json': { version },
    'build-info.json': {
      ...(builtOn !== undefined && { builtOn }),
      ...(revision !== undefined && { revision }),
    },
  };
}
