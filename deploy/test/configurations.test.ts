import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseJson } from '@snetkit/core';
import { type Devnet, findFreePort, startDaemon, startDevnet } from '@snetkit/devnet';
import { startEtcd } from '@snetkit/etcd';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { readExample } from './support/example.ts';
import { expectPaidCall } from './support/expect-paid-call.ts';
import { getExecutable } from './support/get-executable.ts';
import { makeCertificate, type TestCertificate } from './support/make-certificate.ts';

type Config = Readonly<Record<string, unknown>>;

let directory: string;
let devnet: Devnet;
let certificate: TestCertificate;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'snetd-examples-'));
  certificate = await makeCertificate(directory);
  devnet = await startDevnet();
});

afterAll(async () => {
  await devnet?.stop();
  await rm(directory, { recursive: true, force: true });
});

test('default: standalone, with TLS and payments in SQLite', async () => {
  const config = JSON.parse(await readExample('standalone/snetd.config.json'));
  await expectServes('standalone', {
    ...(await onThisMachine(config)),
    payment_channel_storage_path: join(directory, 'standalone', 'storage'),
    ssl_cert: certificate.certFile,
    ssl_key: certificate.keyFile,
  });
});

test('default: clustered, with payments in an etcd that asks for certificates', async () => {
  const config = JSON.parse(await readExample('clustered/snetd.config.json'));
  await expectServesFromEtcd('clustered', config);
});

test('default: the configuration of the pods', async () => {
  const [document] = parseAllDocuments(await readExample('kubernetes/config.yaml'));
  const config = JSON.parse(document?.toJS().data['snetd.config.json']);
  await expectServesFromEtcd('kubernetes', config);
});

/** The example, with the chain, the service and the ports of this test. */
async function onThisMachine(config: Config): Promise<Config> {
  const ours = parseJson(JSON.stringify(devnet.daemonConfig)) as Config;
  const keys = [
    ...['blockchain_network_selected', 'chain_id', 'registry_address_key', 'mpe_address_key'],
    ...['token_address_key', 'ethereum_json_rpc_http_endpoint', 'ipfs_endpoint'],
    ...['lighthouse_endpoint', 'organization_id', 'service_id', 'daemon_group_name'],
    ...['service_endpoint', 'block_poll_interval'],
  ];
  return {
    ...config,
    ...Object.fromEntries(keys.map((key) => [key, ours[key]])),
    daemon_endpoint: '127.0.0.1:0',
    ...(config['metrics_endpoint'] !== undefined && {
      metrics_endpoint: `127.0.0.1:${await findFreePort()}`,
    }),
    // Nobody waits for a balancer.
    ...(config['stop_delay'] !== undefined && { stop_delay: '0s' }),
  };
}

async function expectServesFromEtcd(name: string, config: Config): Promise<void> {
  const { certFile, keyFile } = certificate;
  await using etcd = await startEtcd({ tls: { certFile, keyFile, caFile: certFile } });
  await expectServes(name, {
    ...(await onThisMachine(config)),
    payment_channel_storage_client: {
      ...(config['payment_channel_storage_client'] as Config),
      endpoints: [...etcd.endpoints],
    },
    payment_channel_ca_path: certFile,
    payment_channel_cert_path: certFile,
    payment_channel_key_path: keyFile,
  });
}

async function expectServes(name: string, config: Config): Promise<void> {
  const folder = join(directory, name);
  await using daemon = await startDaemon({
    command: [await getExecutable()],
    config: config as never,
    directory: folder,
    timeoutMs: 60_000,
  });
  // No setting of an example is idle, or about to be: nothing to warn of but what the network lacks.
  const warnings = daemon
    .printed()
    .split('\n')
    .filter((line) => line.includes('"configuration"'));
  expect(warnings).toEqual([]);
  await expectPaidCall(devnet, {
    endpoint: daemon.endpoint,
    certificate: certificate.cert,
  });
}
