import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BaseError } from '@snetkit/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfigFile } from './read-file.ts';

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'snetd-file-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function read(name: string, text: string): Promise<unknown> {
  const file = join(directory, name);
  await writeFile(file, text);
  return readConfigFile(file);
}

async function failure(name: string, text: string): Promise<string> {
  const error = await read(name, text).catch((cause: unknown) => cause);
  if (error instanceof BaseError) return error.message.replaceAll(directory, 'DIR');
  throw error;
}

const plain = { service_id: 'a', ipfs_timeout: 30, log: { level: 'info' } };

test.each([
  ['a.json', '\uFEFF{"service_id": "a", "ipfs_timeout": 30, "log": {"level": "info"}}'],
  ['a.yaml', '# ours\nservice_id: a\nipfs_timeout: 30\nlog:\n  level: info\n'],
  ['a.yml', '{service_id: a, ipfs_timeout: 30, log: {level: info}}'],
  ['a.TOML', 'service_id = "a"\nipfs_timeout = 30\n[log]\nlevel = "info"\n'],
])('default: %s', async (name, text) => {
  expect(JSON.parse(JSON.stringify(await read(name, text)))).toEqual(plain);
});

test('default: lines of KEY=value', async () => {
  expect(await read('a.env', '# ours\nSERVICE_ID=a\nIPFS_TIMEOUT=30\n')).toEqual({
    SERVICE_ID: 'a',
    IPFS_TIMEOUT: '30',
  });
});

test('behavior: YAML keeps the digits of addresses and keys without quotes', async () => {
  const address = '0x3Bb9b2499c283cec176e7C707Ecb495B7a961ebf';
  const key = '0123456789012345678901234567890123456789012345678901234567890123';
  const text = `allowed_user_addresses: [${address}]\nprivate_key_for_free_calls: ${key}\nburst_size: 5\n`;
  expect(await read('digits.yaml', text)).toEqual({
    allowed_user_addresses: [address],
    private_key_for_free_calls: key,
    burst_size: 5,
  });
});

test('behavior: an empty file of YAML sets nothing', async () => {
  expect(await read('empty.yaml', '')).toEqual({});
});

test.each([
  ['broken.yaml', 'log: [1\nservice_id: a'],
  ['twice.yaml', 'service_id: a\nservice_id: b'],
  ['alias.yaml', 'service_id: *nobody'],
  ['broken.toml', 'service_id = \nlog = 1'],
  ['list.json', '[1]'],
  ['text.yaml', 'just text'],
])('error: %s', async (name, text) => {
  expect(await failure(name, text)).toMatchSnapshot();
});

test.each([
  ['secret.toml', 'token_secret_key = hush-hush'],
  ['secret.yaml', 'token_secret_key: *hush-hush'],
  ['secret.yml', 'a: [\ntoken_secret_key: "hush-hush'],
  ['secret.json', '{"token_secret_key": hush-hush}'],
])('error: %s tells nothing of the text, which may be secret', async (name, text) => {
  const error = await read(name, text).catch((cause: unknown) => cause);
  expect(`${(error as Error).message}${JSON.stringify(error)}`).not.toContain('hush');
});

test('behavior: a file that is called .env, and nothing else', async () => {
  expect(await read('.env', 'SERVICE_ID=a')).toEqual({ SERVICE_ID: 'a' });
});
