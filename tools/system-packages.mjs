// Programs of the system that tests and fault runs need. On Debian, and as root, they are installed
// when they are missing; elsewhere a message names the command that mends it.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Programs, and the Debian packages that bring them. */
const packageOf = {
  chromium: 'chromium',
  etcd: 'etcd-server',
  haproxy: 'haproxy',
  nginx: 'nginx-light',
  openssl: 'openssl',
  pebble: 'pebble',
  podman: 'podman',
  runc: 'runc',
  strace: 'strace',
  'systemd-analyze': 'systemd',
};

/** How long one call of apt-get may take. */
const aptTimeoutMs = 300_000;

/** Makes sure that the programs are there, or ends this process with the command that brings them. */
export function installSystemPackages(programs) {
  const missing = programs
    .filter((program) => !isInstalled(program))
    .map((program) => packageOf[program]);
  if (missing.length === 0) return;
  const list = missing.join(' ');
  const mend = `apt-get update && apt-get install -y ${list}`;
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) {
    fail(`Missing: ${list}. Install with (as root): ${mend}`);
  }
  process.stderr.write(`Installing ${list} with apt-get (once for each machine)\n`);
  const install = ['install', '-y', '--no-install-recommends', ...missing];
  const result = withoutServices(() => {
    const first = aptGet(install);
    if (first.status === 0) return first;
    // The lists may be missing or old.
    aptGet(['update']);
    return aptGet(install);
  });
  if (result.status !== 0) {
    process.stderr.write(`${result.stdout ?? ''}${result.stderr ?? ''}`);
    fail(`apt-get could not install ${list}. Install with (as root): ${mend}`);
  }
}

function isInstalled(program) {
  const folders = [
    ...(process.env['PATH'] ?? '').split(delimiter),
    '/usr/local/bin',
    '/usr/bin',
    '/usr/sbin',
  ];
  return folders.filter(Boolean).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function aptGet(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // Another apt may be at work: wait for it instead of failing.
  const options = ['-q', '-o', 'DPkg::Lock::Timeout=120'];
  return spawnSync('apt-get', [...options, ...args], {
    env,
    encoding: 'utf8',
    timeout: aptTimeoutMs,
    maxBuffer: 1 << 26,
  });
}

/** Tests start their own servers: the one that a package brings must not run. Debian asks this file. */
function withoutServices(run) {
  const policy = '/usr/sbin/policy-rc.d';
  if (existsSync(policy)) return run();
  writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    return run();
  } finally {
    rmSync(policy, { force: true });
  }
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
