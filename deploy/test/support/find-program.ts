import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Programs of the system, and the Debian packages that bring them. */
const packageOf = {
  haproxy: 'haproxy',
  nginx: 'nginx-light',
  openssl: 'openssl',
  podman: 'podman',
  runc: 'runc',
  'systemd-analyze': 'systemd',
} as const;

/** Finds a program of the system; the error names the command that brings it. */
export function findProgram(name: keyof typeof packageOf): string {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/bin'];
  for (const folder of folders.filter(Boolean)) {
    const file = join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // Not here.
    }
  }
  throw new Error(
    `The program ${name} is not installed. On Debian: apt-get install -y ${packageOf[name]}`,
  );
}
