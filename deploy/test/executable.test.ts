import { spawn } from 'node:child_process';
import {
  chmod,
  chown,
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Devnet, startDevnet } from '@snetkit/devnet';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readExample } from './support/example.ts';
import { expectPaidCall } from './support/expect-paid-call.ts';
import { findProgram } from './support/find-program.ts';
import { getExecutable } from './support/get-executable.ts';
import { runProgram } from './support/run-program.ts';

/** Somebody without rights: `nobody`. Whoever is not root stays who they are. */
const isRoot = process.getuid?.() === 0;
const plainUser = isRoot ? { uid: 65_534, gid: 65_534 } : {};

let devnet: Devnet;
let executable: string;
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'snetd-executable-'));
  await chmod(directory, 0o755);
  executable = join(directory, 'snetd');
  await copyFile(await getExecutable(), executable);
  await chmod(executable, 0o755);
  devnet = await startDevnet();
});

afterAll(async () => {
  await devnet?.stop();
  await rm(directory, { recursive: true, force: true });
});

test('default: it says which version it is', async () => {
  const { code, stdout } = await runProgram([executable, 'version'], { env: {}, cwd: '/' });
  expect(code).toBe(0);
  expect(stdout).toMatch(/^version tag: v\d+\.\d+\.\d+\nbuilt on: \S+\nsha1 revision: \S+\n$/);
});

test('default: in an empty directory, by a plain user, it serves a paid call', async () => {
  const cwd = await makeFolder('empty');
  const config = await writeConfig(cwd);
  const daemon = await startProgram([executable, 'serve', '-c', config], { cwd });
  try {
    expect(daemon.listening).toMatchObject({ recovery: 'secp256k1-native', keccak: 'hash-wasm' });
    await expectPaidCall(devnet, { endpoint: String(daemon.listening['endpoint']) });
  } finally {
    await daemon.stop();
  }
  expect(await readdir(join(cwd, 'cache', 'snetd'))).toEqual([
    expect.stringMatching(/^[0-9a-f]{16}-secp256k1\.node$/),
  ]);
  expect((await stat(join(cwd, 'cache', 'snetd'))).mode & 0o777).toBe(0o700);
});

test('behavior: a native part that somebody has changed is replaced before it is loaded', async () => {
  const cache = await makeOwnFolder('changed');
  const unpack = () => runProgram([executable, 'unpack'], { env: { SNETD_CACHE_DIR: cache } });
  const { stdout } = await unpack();
  const [file = ''] = stdout.split('\n');
  const right = await readFile(file);
  await writeFile(file, 'something else');
  expect(await unpack()).toMatchObject({ code: 0, stdout });
  expect((await readFile(file)).equals(right)).toBe(true);
});

test('error: a cache directory that others may write to', async () => {
  const cache = await makeOwnFolder('open');
  await chmod(cache, 0o777);
  const { code, stderr } = await runProgram([executable, 'unpack'], {
    env: { SNETD_CACHE_DIR: cache },
  });
  expect(code).toBe(1);
  expect(stderr).toBe(
    `snetd cannot unpack its native parts into ${cache}: others may write to it (mode 0777). Set SNETD_CACHE_DIR to a directory that only this user can write to.\n`,
  );
});

test('default: systemd finds no fault with the unit, and its command serves', async () => {
  const unit = await readExample('systemd/snetd.service', { '/usr/bin/snetd': executable });
  const file = join(directory, 'snetd.service');
  await writeFile(file, unit);
  const verified = await runProgram([findProgram('systemd-analyze'), 'verify', file]);
  expect(verified).toEqual({ code: 0, stdout: '', stderr: '' });

  const cwd = await makeFolder('unit');
  const config = await writeConfig(cwd);
  const [, line = ''] = /^ExecStart=(.+)$/m.exec(unit) ?? [];
  expect(line).toContain('/etc/snetd/snetd.config.json');
  const command = line.replace('/etc/snetd/snetd.config.json', config).split(' ');
  // What systemd sets for CacheDirectory=.
  const cache = join(cwd, 'system-cache');
  await mkdir(cache, { mode: 0o700 });
  if (isRoot) await chown(cache, 65_534, 65_534);
  const daemon = await startProgram(command, { cwd, env: { CACHE_DIRECTORY: cache } });
  try {
    await expectPaidCall(devnet, { endpoint: String(daemon.listening['endpoint']) });
    expect(await readdir(cache)).toHaveLength(1);
  } finally {
    await daemon.stop();
  }
});

/** A folder of whoever runs the test. */
async function makeOwnFolder(name: string): Promise<string> {
  const folder = join(directory, name);
  await mkdir(folder, { mode: 0o700 });
  return folder;
}

/** A folder of the plain user. */
async function makeFolder(name: string): Promise<string> {
  const folder = join(directory, name);
  await mkdir(folder, { mode: 0o755 });
  if (isRoot) await chown(folder, 65_534, 65_534);
  return folder;
}

async function writeConfig(cwd: string): Promise<string> {
  const file = join(cwd, 'snetd.config.json');
  const config = {
    ...devnet.daemonConfig,
    daemon_endpoint: '127.0.0.1:0',
    payment_channel_storage_path: 'storage',
  };
  await writeFile(file, JSON.stringify(config), { mode: 0o644 });
  return file;
}

/** Starts a daemon as the plain user, with nothing in its environment but a home. */
async function startProgram(
  command: readonly string[],
  options: { cwd: string; env?: Readonly<Record<string, string>> },
) {
  const [program = '', ...args] = command;
  const { cwd, env = {} } = options;
  const child = spawn(program, args, {
    ...{ cwd, ...plainUser },
    env: { HOME: cwd, XDG_CACHE_HOME: join(cwd, 'cache'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = new Promise<number | null>((resolve) => child.once('close', resolve));
  const printed: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => printed.push(text));
  const listening = await new Promise<Record<string, unknown>>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      printed.push(line);
      const event = JSON.parse(line);
      if (event.event === 'listening') resolve(event);
    });
    const fail = (why: string) => reject(new Error(`${why}:\n${printed.join('\n')}`));
    child.once('close', (code) => fail(`it ended with ${code}`));
    child.once('error', ({ message }) => fail(message));
    setTimeout(() => fail('it did not listen in time'), 60_000).unref();
  }).catch((error) => {
    child.kill('SIGKILL');
    throw error;
  });
  return {
    listening,
    async stop() {
      child.kill('SIGTERM');
      expect(await exited).toBe(0);
    },
  };
}
