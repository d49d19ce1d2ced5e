import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PaymentStorage } from '@snetkit/metadata';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadConfig } from '../config/load.ts';
import { readEtcdOptions } from './read-etcd-options.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'snetd-etcd-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const storage: PaymentStorage = {
  type: 'etcd',
  connectionTimeout: '7s',
  requestTimeout: '5s',
  endpoints: ['http://10.0.0.1:2379', 'not a url', 'ftp://10.0.0.2'],
};

async function read(
  config: Record<string, unknown>,
  found: PaymentStorage | undefined = storage,
): ReturnType<typeof readEtcdOptions> {
  const file = join(directory, `${Math.random()}.json`);
  await writeFile(
    file,
    JSON.stringify({
      blockchain_network_selected: 'sepolia',
      ethereum_json_rpc_http_endpoint: 'http://127.0.0.1:8545',
      organization_id: 'org',
      service_id: 'service',
      ...config,
    }),
  );
  return readEtcdOptions((await loadConfig({ file, env: {} })).config, found);
}

test('default: everything comes from the organization, without what makes no sense', async () => {
  expect(await read({})).toEqual({
    endpoints: ['http://10.0.0.1:2379'],
    tls: { ca: undefined, cert: undefined, key: undefined },
    user: undefined,
    connectTimeoutMs: 7_000,
    requestTimeoutMs: 5_000,
  });
});

test('args: what is configured wins', async () => {
  const client = {
    endpoints: ['https://etcd.example:2379'],
    connection_timeout: '1s',
    request_timeout: '2s',
  };
  const pem = join(directory, 'ca.pem');
  await writeFile(pem, 'PEM');
  expect(
    await read({
      payment_channel_storage_client: client,
      payment_channel_storage_user: 'snetd',
      payment_channel_storage_password: 'secret',
      payment_channel_ca_path: pem,
    }),
  ).toEqual({
    endpoints: ['https://etcd.example:2379'],
    tls: { ca: 'PEM', cert: undefined, key: undefined },
    user: { name: 'snetd', password: 'secret' },
    connectTimeoutMs: 1_000,
    requestTimeoutMs: 2_000,
  });
});

test('behavior: a document cannot make a call wait for ever, nor for nothing', async () => {
  const waits = async (requestTimeout: string) =>
    (await read({}, { ...storage, requestTimeout })).requestTimeoutMs;
  expect(await waits('100h')).toBe(10_000);
  expect(await waits('0s')).toBeUndefined();
  expect(await waits('-1s')).toBeUndefined();
  expect(await waits('soon')).toBeUndefined();
  expect(await waits('')).toBeUndefined();
});

test('error: nobody says where etcd is', async () => {
  const none = { ...storage, endpoints: [] };
  await expect(read({}, none)).rejects.toThrowErrorMatchingInlineSnapshot(`
    [BaseError: Nothing says where etcd is.
    Place: payment_channel_storage_client.endpoints
    Expected: URLs of etcd members, here or in the organization metadata (payment_channel_storage_client of the group)
    Fix: Set payment_channel_storage_client.endpoints, for example ["http://127.0.0.1:2379"].]
  `);
});

test('error: a file that is not there', async () => {
  await expect(
    read({
      payment_channel_cert_path: '/nowhere/cert.pem',
      payment_channel_key_path: '/nowhere/key.pem',
    }),
  ).rejects.toThrow(
    'The file of payment_channel_cert_path cannot be read.\nPlace: payment_channel_cert_path\nExpected: a PEM file that this process may read\nFound: /nowhere/cert.pem',
  );
});
