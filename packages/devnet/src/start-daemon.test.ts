import { mkdtemp, readFile, realpath, rm, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isAlive } from '../test/is-alive.ts';
import { findFreePort } from './find-free-port.ts';
import { startDaemon } from './start-daemon.ts';

const command = [process.execPath, join(import.meta.dirname, '../test/stand-in-daemon.ts')];
let directory: string;

beforeEach(async () => {
  directory = await realpath(await mkdtemp(join(tmpdir(), 'snetkit-daemon-')));
});

afterEach(() => rm(directory, { recursive: true }));

async function endpoint(): Promise<string> {
  return `127.0.0.1:${await findFreePort()}`;
}

test('default: the daemon runs in its directory, on a configuration that only its owner can read', async () => {
  const config = { daemon_endpoint: await endpoint(), price: 10n ** 18n };
  await using daemon = await startDaemon({ command, config, directory });
  expect(daemon.endpoint).toBe(`http://${config.daemon_endpoint}`);
  expect(daemon.configFile).toBe(join(directory, 'snetd.config.json'));
  expect((await stat(daemon.configFile)).mode & 0o777).toBe(0o600);
  expect(await readFile(daemon.configFile, 'utf8')).toBe(
    `{\n  "daemon_endpoint": "${config.daemon_endpoint}",\n  "price": 1000000000000000000\n}\n`,
  );
  await daemon.stop();
  expect(isAlive(daemon.pid)).toBe(false);
  expect((await readFile(daemon.logFile, 'utf8')).split('\n')).toEqual([
    'not every line is JSON',
    JSON.stringify({ event: 'listening', endpoint: daemon.endpoint, cwd: directory }),
    '',
  ]);
});

test('behavior: after kill -9 it starts again on the same endpoint', async () => {
  const config = { daemon_endpoint: await endpoint() };
  await using daemon = await startDaemon({ command, config, directory });
  const { pid, endpoint: before } = daemon;
  daemon.kill('SIGKILL');
  expect(await daemon.exited).toEqual({ code: null, signal: 'SIGKILL' });
  await daemon.restart();
  expect(daemon.endpoint).toBe(before);
  expect(daemon.pid).not.toBe(pid);
  expect(isAlive(daemon.pid)).toBe(true);
});

test('behavior: events are handed on', async () => {
  const config = { daemon_endpoint: await endpoint() };
  await using daemon = await startDaemon({ command, config, directory });
  const connection = daemon.waitForEvent(({ event }) => event === 'connection');
  connect(Number(new URL(daemon.endpoint).port), '127.0.0.1').resume();
  expect(await connection).toEqual({ event: 'connection' });
});

test('behavior: a daemon that ignores SIGTERM is killed', async () => {
  const config = { daemon_endpoint: await endpoint(), deaf: true };
  const daemon = await startDaemon({ command, config, directory });
  await daemon.stop();
  expect(await daemon.exited).toEqual({ code: null, signal: 'SIGKILL' });
});

test('error: a daemon that ends at once shows its last words', async () => {
  const config = { fail: 'organization_id must be set' };
  await expect(startDaemon({ command, config, directory })).rejects.toMatchObject({
    code: 'DEVNET_PROCESS_ENDED',
    message: 'the daemon ended (exit code 3).\nFound: organization_id must be set',
  });
});

test('error: a daemon that never listens is ended', async () => {
  const config = { daemon_endpoint: await endpoint(), silent: true };
  await expect(startDaemon({ command, config, directory, timeoutMs: 1_000 })).rejects.toMatchObject(
    {
      code: 'TIMED_OUT',
      message: 'the daemon did not report within 1000 ms.\nFound: not every line is JSON',
    },
  );
});

test('error: a program that does not exist', async () => {
  const missing = join(directory, 'no-such-program');
  await expect(startDaemon({ command: [missing], config: {}, directory })).rejects.toMatchObject({
    code: 'DEVNET_PROCESS_ENDED',
    message: `the daemon ended (it could not be started).\nFound: spawn ${missing} ENOENT`,
  });
});

test('error: given up', async () => {
  const config = { daemon_endpoint: await endpoint(), silent: true };
  const giveUp = new AbortController();
  const started = startDaemon({ command, config, directory, signal: giveUp.signal });
  giveUp.abort();
  await expect(started).rejects.toMatchObject({ code: 'ABORTED' });
});
