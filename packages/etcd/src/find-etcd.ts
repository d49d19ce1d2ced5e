import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { EtcdError } from './etcd-error.ts';

/**
 * Finds the program `etcd`: on the search path unless other folders are given.
 *
 * @throws EtcdError `ETCD_MISSING`
 */
export function findEtcd(folders: readonly string[] = searchPath()): string {
  for (const folder of folders) {
    const file = join(folder, 'etcd');
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // Not here.
    }
  }
  throw new EtcdError('ETCD_MISSING', 'The program etcd is not installed.', {
    hint: 'apt-get install etcd-server (on Debian), version 3.4 or newer',
  });
}

function searchPath(): string[] {
  const path = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return [...path, '/usr/local/bin', '/usr/bin'];
}
