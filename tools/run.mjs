// The entry of the two commands. Plain JavaScript that runs on every Node >= 20: it brings the pinned
// pnpm and the pinned Node, then hands over to the programs of the repository.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installSystemPackages } from './system-packages.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = join(root, 'node_modules', '.bin');
const env = {
  ...process.env,
  PATH: `${bin}${delimiter}${process.env['PATH']}`,
  NX_DAEMON: 'false',
  NX_TUI: 'false',
  NX_NATIVE_COMMAND_RUNNER: 'false',
};
// npm hands its own settings down as variables; pnpm would warn about each.
for (const name of Object.keys(env)) if (name.startsWith('npm_config_')) delete env[name];

const [command = 'help', ...args] = process.argv.slice(2);

const commands = {
  install: () => {},
  start: () => {
    build();
    become(join(bin, 'snet'), ['dev', ...args]);
  },
  test: () => {
    installSystemPackages([
      ...['chromium', 'etcd', 'haproxy', 'nginx', 'openssl', 'pebble', 'podman', 'runc', 'strace'],
      'systemd-analyze',
    ]);
    become(join(bin, 'node'), [join(root, 'tools/gates/run-all.ts'), 'all', ...args]);
  },
  check: () => become(join(bin, 'node'), [join(root, 'tools/gates/run-all.ts'), 'gates', ...args]),
  bench: () => {
    installSystemPackages(['etcd']);
    build();
    const executable = join(root, 'deploy/dist/bench/snetd');
    run('node', [...deployArgs('executable').slice(0, 2), executable], { quiet: true });
    const program = join(root, 'bench/src/main.ts');
    become(join(bin, 'node'), [program, '--executable', executable, ...args]);
  },
  'bench-discovery': () => {
    build();
    become(join(bin, 'node'), [join(root, 'bench/src/discovery/main.ts'), ...args]);
  },
  chaos: () => {
    installSystemPackages(['etcd']);
    build();
    become(join(bin, 'node'), [join(root, 'chaos/src/main.ts'), ...args]);
  },
  'build-executable': () => become(join(bin, 'node'), deployArgs('executable')),
  'build-rootfs': () => become(join(bin, 'node'), deployArgs('container')),
  simulate: () => {
    const program = join(root, 'packages/daemon/test/simulation/main.ts');
    become(join(bin, 'node'), ['--conditions=@snetkit/source', program, ...args]);
  },
  fuzz: () => {
    const program = join(root, 'packages/daemon/test/fuzz/main.ts');
    become(join(bin, 'node'), ['--conditions=@snetkit/source', program, ...args]);
  },
  'bench-abuse': () => {
    build();
    become(join(bin, 'node'), [join(root, 'bench/src/abuse/main.ts'), ...args]);
  },
  soak: () => {
    build();
    become(join(bin, 'node'), [join(root, 'bench/src/soak/main.ts'), ...args]);
  },
  codegen: () => run('nx', ['run-many', '-t', 'codegen', '--parallel=1']),
  exec: () => become(args[0] ?? 'node', args.slice(1)),
};

if (!Object.hasOwn(commands, command)) {
  process.stderr.write(`Unknown command ${command}. Known: ${Object.keys(commands).join(', ')}\n`);
  process.exit(2);
}
install();
commands[command]();

/** Installs when the lockfile has changed since the last time. */
function install() {
  const lock = readFileSync(join(root, 'pnpm-lock.yaml'));
  const stampFile = join(root, 'node_modules', '.install-stamp.json');
  const lockHash = createHash('sha256').update(lock).digest('hex');
  if (existsSync(stampFile)) {
    const stamp = JSON.parse(readFileSync(stampFile, 'utf8'));
    if (stamp.lockHash === lockHash && existsSync(stamp.pnpm)) return;
  }
  process.stderr.write('Installing dependencies (once for each lockfile)\n');
  const pnpm = findPnpm();
  run(pnpm, ['install', '--frozen-lockfile', '--reporter=append-only'], { quiet: true });
  writeFileSync(stampFile, JSON.stringify({ lockHash, pnpm }));
}

/** Path of the pinned pnpm, which npx keeps: asked for once, since npx asks the registry every time. */
function findPnpm() {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const firstOfPath = `process.env.PATH.split(require('node:path').delimiter)[0]`;
  const args = ['-y', '-p', packageManager, '--', 'node', '-p', firstOfPath];
  const { stdout, stderr, status } = spawnSync('npx', args, { env: process.env, encoding: 'utf8' });
  if (status === 0) return join(stdout.trim(), 'pnpm');
  process.stderr.write(`${stderr ?? ''}\n${packageManager} cannot be fetched from the registry\n`);
  process.exit(1);
}

/** Both are bundled from source: nothing is built before. */
function deployArgs(form) {
  const program = join(root, `deploy/src/${form}/main.ts`);
  return ['--conditions=@snetkit/source', program, ...args];
}

function build() {
  run('nx', ['run-many', '-t', 'build', '--output-style=static'], { quiet: true });
}

/** Runs a program to its end; a failure ends this one. Quiet: its output is shown only then. */
function run(program, programArgs, { quiet = false } = {}) {
  const stdio = quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit';
  const result = spawnSync(program, programArgs, { cwd: root, env, stdio, maxBuffer: 1 << 28 });
  if (result.status === 0) return;
  if (quiet) process.stderr.write(`${result.stdout ?? ''}${result.stderr ?? ''}`);
  const reason = result.error ? `: ${result.error.message}` : '';
  process.stderr.write(`\n${program} ${programArgs.join(' ')} failed${reason}\n`);
  process.exit(result.status ?? 1);
}

/** The last step: signals and the exit code are those of the program. */
function become(program, programArgs) {
  const child = spawn(program, programArgs, { cwd: process.cwd(), env, stdio: 'inherit' });
  // The terminal signals the whole group itself; this process only has to outlive the child.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
  child.on('error', (error) => {
    process.stderr.write(`${program} cannot be started: ${error.message}\n`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
}
