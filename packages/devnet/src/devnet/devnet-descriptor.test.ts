import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createTestAccounts } from '../accounts.ts';
import {
  type DevnetDescriptor,
  getDevnetDescriptorFolder,
  readDevnetDescriptor,
  writeDevnetDescriptor,
} from './devnet-descriptor.ts';

const address = '0x0000000000000000000000000000000000000001';
const descriptor: DevnetDescriptor = {
  pid: process.pid,
  rpcUrl: 'http://127.0.0.1:8545',
  chainId: 31337,
  contracts: { mpe: address, registry: address, token: address },
  token: { symbol: 'FET', decimals: 18 },
  contentUrl: 'http://127.0.0.1:5001',
  organizationId: 'org',
  serviceId: 'service',
  groupName: 'default_group',
  directory: '/tmp/run',
  accounts: createTestAccounts(),
};
let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'snetkit-state-'));
  vi.stubEnv('XDG_STATE_HOME', directory);
});

afterEach(async () => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  await rm(directory, { recursive: true });
});

/** The id of a process that is gone. */
function deadPid(): number {
  return spawnSync(process.execPath, ['--version']).pid;
}

test('default: what was written is read', async () => {
  const folder = getDevnetDescriptorFolder();
  expect(folder).toBe(join(directory, 'snet', 'devnet'));
  expect(await readDevnetDescriptor()).toBeUndefined();
  const file = await writeDevnetDescriptor(descriptor);
  expect(await readDevnetDescriptor()).toEqual(descriptor);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual([basename(file)]);
  await rm(file);
  expect(await readDevnetDescriptor()).toBeUndefined();
});

test('behavior: a file whose process is gone does not count, and the next run removes it', async () => {
  const left = await writeDevnetDescriptor({ ...descriptor, pid: deadPid() });
  expect(await readDevnetDescriptor()).toBeUndefined();
  const file = await writeDevnetDescriptor(descriptor);
  expect(await readdir(getDevnetDescriptorFolder())).toEqual([basename(file)]);
  expect(left).not.toBe(file);
});

test('behavior: of several the latest counts, and when it ends the one before', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: 1_000 });
  const first = { ...descriptor, rpcUrl: 'http://127.0.0.1:1' };
  const second = { ...descriptor, rpcUrl: 'http://127.0.0.1:2', pid: process.ppid };
  await writeDevnetDescriptor(first);
  vi.setSystemTime(2_000);
  const file = await writeDevnetDescriptor(second);
  expect(await readDevnetDescriptor()).toEqual(second);
  await rm(file);
  expect(await readDevnetDescriptor()).toEqual(first);
});

test('error: a damaged file', async () => {
  const file = await writeDevnetDescriptor(descriptor);
  await writeFile(file, '{');
  await expect(readDevnetDescriptor()).rejects.toThrow(`Place: ${file}, line 1, column 2`);
});

test('behavior: without XDG_STATE_HOME it is below the home directory', () => {
  vi.stubEnv('XDG_STATE_HOME', '');
  vi.stubEnv('HOME', '/home/somebody');
  expect(getDevnetDescriptorFolder()).toBe('/home/somebody/.local/state/snet/devnet');
});
