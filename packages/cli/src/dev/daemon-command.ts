import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Program and arguments that start `snetd`: it is run, never imported. */
export function getDaemonCommand(): readonly string[] {
  const manifest = createRequire(import.meta.url).resolve('@snetkit/daemon/package.json');
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: { snetd: string } };
  // Running from TypeScript: the daemon must resolve the workspace's packages to sources as well.
  const conditions = import.meta.url.endsWith('.ts') ? ['--conditions=@snetkit/source'] : [];
  return [process.execPath, ...conditions, join(dirname(manifest), bin.snetd)];
}
