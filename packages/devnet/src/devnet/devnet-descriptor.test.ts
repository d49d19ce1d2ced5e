import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createTestAccounts } from '../accounts.ts';
import {
  type DevnetDescriptor,
  getDevnetDescriptorFile,
  readDevnetDescriptor,
  removeDevnetDescriptor,
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
  vi.unstubAllEnvs();
  await rm(directory, { recursive: true });
});

/** The id of a process that is gone. */
function deadPid(): number {
  return spawnSync(process.execPath, ['--version']).pid;
}

test('default: what was written is read, and removed', async () => {
  const file = getDevnetDescriptorFile();
  expect(file).toBe(join(directory, 'snet', 'devnet.json'));
  expect(await readDevnetDescriptor()).toBeUndefined();
  await writeDevnetDescriptor(descriptor);
  expect(await readDevnetDescriptor()).toEqual(descriptor);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  await removeDevnetDescriptor();
  await expect(readFile(file)).rejects.toThrow('ENOENT');
});

test('behavior: a file whose process is gone does not count', async () => {
  await writeDevnetDescriptor({ ...descriptor, pid: deadPid() });
  expect(await readDevnetDescriptor()).toBeUndefined();
});

test('behavior: the file of another process is not removed', async () => {
  const other = { ...descriptor, pid: process.ppid };
  await writeDevnetDescriptor(other);
  await removeDevnetDescriptor();
  expect(await readDevnetDescriptor()).toEqual(other);
});

test('behavior: without XDG_STATE_HOME it is below the home directory', () => {
  vi.stubEnv('XDG_STATE_HOME', '');
  vi.stubEnv('HOME', '/home/somebody');
  expect(getDevnetDescriptorFile()).toBe('/home/somebody/.local/state/snet/devnet.json');
});
