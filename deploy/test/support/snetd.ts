import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const manifest = createRequire(import.meta.url).resolve('@snetkit/daemon/package.json');

/** The command line of the daemon as a package; it is started, never imported. */
export const snetdCommand: readonly string[] = [
  process.execPath,
  '--conditions=@snetkit/source',
  join(dirname(manifest), 'bin/snetd.js'),
];
