import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BaseError } from '@snetkit/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadConfig } from './load.ts';

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'snetd-adopt-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function load(storage: Readonly<Record<string, unknown>>) {
  const file = join(directory, 'snetd.config.json');
  const needed = {
    organization_id: 'org',
    service_id: 'service',
    ethereum_json_rpc_http_endpoint: 'http://127.0.0.1:1',
  };
  await writeFile(file, JSON.stringify({ ...needed, ...storage }));
  const { config, warnings } = await loadConfig({ file });
  const lines = warnings.map((line) => line.replaceAll(directory, 'DIR'));
  return { type: config.payment_channel_storage_type, warnings: lines };
}

const memory =
  'DIR/snetd.config.json: payment_channel_storage_type: memory would forget signed payments, so they are kept in SQLite, in snetd-storage';
const inside =
  'DIR/snetd.config.json: payment_channel_storage_server: no etcd is started inside; payments are kept in SQLite, in snetd-storage. What the etcd in storage-data-dir-1.etcd holds has to be imported first: docs/moving-state.md';
const idle = 'DIR/snetd.config.json: payment_channel_storage_server has no effect';
const elsewhere =
  'DIR/snetd.config.json: payment_channel_storage_server: no etcd is started inside; payments are in the one of payment_channel_storage_client';

const etcd = { payment_channel_storage_type: 'etcd' };
const server = { payment_channel_storage_server: { id: 'storage-1' } };
const client = (...endpoints: string[]) => ({ payment_channel_storage_client: { endpoints } });

test.each<[string, Record<string, unknown>, { type: string; warnings: string[] }]>([
  ['nothing', {}, { type: 'sqlite', warnings: [] }],
  ['etcd', etcd, { type: 'etcd', warnings: [] }],
  ['members of an etcd and no type', client('http://etcd-1:2379'), { type: 'etcd', warnings: [] }],
  ['memory', { payment_channel_storage_type: 'Memory' }, { type: 'sqlite', warnings: [memory] }],
  [
    'memory on the main network',
    { payment_channel_storage_type: 'memory', blockchain_network_selected: 'main' },
    { type: 'sqlite', warnings: [memory] },
  ],
  ['an etcd inside', { ...etcd, ...server }, { type: 'sqlite', warnings: [inside] }],
  ['an etcd inside and no type', server, { type: 'sqlite', warnings: [inside] }],
  [
    'an etcd inside that the client names',
    { ...etcd, ...server, ...client('http://localhost:2379') },
    { type: 'sqlite', warnings: [inside] },
  ],
  [
    'an etcd inside, but payments in another',
    { ...etcd, ...server, ...client('http://etcd-1:2379') },
    { type: 'etcd', warnings: [elsewhere] },
  ],
  [
    'an etcd inside that is switched off',
    { ...etcd, payment_channel_storage_server: { enabled: false, cluster: 'a=b,c=d' } },
    { type: 'etcd', warnings: [] },
  ],
  [
    'sqlite beside the section',
    { ...server, payment_channel_storage_type: 'sqlite' },
    { type: 'sqlite', warnings: [idle] },
  ],
])('behavior: %s', async (_name, storage, expected) => {
  expect(await load(storage)).toEqual(expected);
});

test('error: an etcd inside with members on other machines', async () => {
  const cluster = 'storage-1=http://10.0.0.1:2380,storage-2=http://10.0.0.2:2380';
  const error = await load({
    ...etcd,
    payment_channel_storage_server: { id: 'storage-1', cluster },
  }).catch((cause: unknown) => cause);
  expect(BaseError.from(error).message.replaceAll(directory, 'DIR')).toBe(
    `The setting payment_channel_storage_server.cluster does not fit.
Place: DIR/snetd.config.json: payment_channel_storage_server.cluster
Expected: one member at most, because no etcd is started inside
Found: "${cluster}"
Fix: Run etcd beside the 2 daemons, name its members in payment_channel_storage_client.endpoints, and set payment_channel_storage_server.enabled to false.`,
  );
});
