import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BaseError } from '@snetkit/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadConfig } from './load.ts';

// What `snetd init` of the official daemon writes (daemon.md 6.3), filled in by a provider.
const official = {
  blockchain_network_selected: 'sepolia',
  ethereum_json_rpc_http_endpoint: 'https://sepolia.infura.io/v3/0123456789abcdef0123456789abcdef',
  service_endpoint: 'http://localhost:5000',
  service_id: 'my_service',
  organization_id: 'my_org',
  daemon_endpoint: '127.0.0.1:8080',
  daemon_group_name: 'default_group',
  payment_channel_storage_type: 'sqlite',
  ipfs_endpoint: 'https://ipfs.singularitynet.io:443',
  lighthouse_endpoint: 'https://gateway.lighthouse.storage/ipfs/',
  private_key_for_free_calls: '',
  min_balance_for_free_call: 10,
  trusted_free_call_signers: [
    '0x3Bb9b2499c283cec176e7C707Ecb495B7a961ebf',
    '0x7DF35C98f41F3Af0df1dc4c7F7D4C19a71Dd059F',
  ],
  log: { output: { type: ['file', 'stdout'] } },
};

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'snetd-config-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function write(content: unknown, name = 'snetd.config.json'): Promise<string> {
  const file = join(directory, name);
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

async function failure(options: Parameters<typeof loadConfig>[0]): Promise<BaseError> {
  const error = await loadConfig(options).catch((cause: unknown) => cause);
  if (error instanceof BaseError) return error;
  throw error;
}

/** Errors name the path of the file, which is different in every run. */
function messageOf(error: BaseError): string {
  return error.message.replaceAll(directory, 'DIR');
}

test('default: an official file is accepted, with a word only about what is different', async () => {
  const file = await write({ ...official, payment_channel_storage_type: 'memory' });
  const { config, warnings } = await loadConfig({ file });
  expect(config).toMatchObject({
    organization_id: 'my_org',
    daemon_endpoint: { host: '127.0.0.1', port: 8080 },
    service_timeout: 100_000,
    private_key_for_free_calls: undefined,
    min_balance_for_free_call: 10,
    log: { output: { type: ['file', 'stdout'] } },
  });
  expect(warnings.map((line) => line.replaceAll(directory, 'DIR'))).toEqual([
    'DIR/snetd.config.json: payment_channel_storage_type: memory would forget signed payments, so they are kept in SQLite, in snetd-storage',
  ]);
});

test('behavior: keys whose feature comes later are accepted, one line each', async () => {
  const file = await write({
    ...official,
    experimental: { split_grpc_web: true },
    free_calls_per_address: { '0x3Bb9b2499c283cec176e7C707Ecb495B7a961ebf': 'unlimited' },
  });
  const { warnings } = await loadConfig({ file });
  expect(warnings.map((line) => line.replaceAll(directory, 'DIR'))).toMatchInlineSnapshot(`
    [
      "DIR/snetd.config.json: experimental has no effect yet",
    ]
  `);
});

test('behavior: old names set the new keys and win over them; retired names are let through', async () => {
  const file = await write({
    ...official,
    DAEMON_END_POINT: '127.0.0.1:7000',
    passthrough_endpoint: 'localhost:7001',
    hdwallet_mnemonic: 'secret words',
  });
  const { config, warnings } = await loadConfig({ file });
  expect(config.daemon_endpoint).toEqual({ host: '127.0.0.1', port: 7000 });
  expect(config.service_endpoint).toBe('http://localhost:7001');
  expect(warnings.map((line) => line.replaceAll(directory, 'DIR'))).toMatchInlineSnapshot(`
    [
      "DIR/snetd.config.json: DAEMON_END_POINT is an old name; use daemon_endpoint",
      "DIR/snetd.config.json: passthrough_endpoint is an old name; use service_endpoint",
      "DIR/snetd.config.json: hdwallet_mnemonic has no effect",
    ]
  `);
});

test('behavior: options win over environment, environment over file, file over defaults', async () => {
  const file = await write({ ...official, auto_ssl_cache_dir: 'file', ipfs_timeout: 1 });
  const env = {
    SNET_AUTO_SSL_CACHE_DIR: 'environment',
    SNET_IPFS_TIMEOUT: '2',
    SNET_SERVICE_ID: '',
  };
  const { config } = await loadConfig({ file, env, flags: { 'auto-ssl-cache': 'option' } });
  expect(config).toMatchObject({
    auto_ssl_cache_dir: 'option',
    ipfs_timeout: 2,
    service_id: 'my_service',
    burst_size: 2_147_483_647,
  });
});

test('behavior: one field of an object can be set by a variable, by our name or the official one', async () => {
  const file = await write({ ...official, log: { level: 'error', hooks: ['mail'], mail: {} } });
  const { config } = await loadConfig({ file, env: { SNET_LOG_LEVEL: 'debug' } });
  expect(config.log).toEqual({ level: 'debug', hooks: ['mail'] });
  const dotted = await loadConfig({ file, env: { 'SNET_LOG.LEVEL': 'warn' } });
  expect(dotted.config.log.level).toBe('warn');
});

test('behavior: a variable that is no setting is named, with what it may have meant', async () => {
  const { warnings } = await loadConfig({
    file: await write(official),
    env: { SNET_SERVICE_IDD: 'x', SNET_OTHER_TOOL: 'y', SNET_DAEMON_END_POINT: '127.0.0.1:1' },
  });
  expect(warnings.map((line) => line.replaceAll(directory, 'DIR'))).toMatchInlineSnapshot(`
    [
      "environment variable SNET_SERVICE_IDD is no setting of this daemon and is ignored; did you mean SNET_SERVICE_ID?",
      "environment variable SNET_OTHER_TOOL is no setting of this daemon and is ignored",
      "environment variable SNET_DAEMON_END_POINT is an old name; use SNET_DAEMON_ENDPOINT",
    ]
  `);
});

test('error: a misspelt key', async () => {
  const error = await failure({ file: await write({ ...official, servce_endpoint: 'x' }) });
  expect(messageOf(error)).toMatchInlineSnapshot(`
    "The configuration has a key that no daemon knows.
    Place: DIR/snetd.config.json: servce_endpoint
    Expected: a key of the daemon
    Fix: Did you mean service_endpoint?"
  `);
});

test('error: a misspelt field', async () => {
  const error = await failure({
    file: await write({ ...official, payment_channel_storage_client: { request_timout: '3s' } }),
  });
  expect(messageOf(error)).toMatchInlineSnapshot(`
    "The setting payment_channel_storage_client.request_timout does not fit.
    Place: DIR/snetd.config.json: payment_channel_storage_client.request_timout
    Expected: one of the fields connection_timeout, request_timeout, hot_reload, endpoints
    Found: "3s"
    Fix: Did you mean request_timeout?"
  `);
});

test('error: no file at the path given', async () => {
  const error = await failure({ file: join(directory, 'missing.json') });
  expect(messageOf(error)).toMatchInlineSnapshot(`
    "There is no configuration file at this path.
    Place: DIR/missing.json
    Fix: Give another path with --config, or write one with \`snetd init -c DIR/missing.json\`."
  `);
});

test('error: broken JSON names line and column', async () => {
  const error = await failure({ file: await write('{\n  "service_id": "a",\n}') });
  expect(messageOf(error)).toMatchInlineSnapshot(`
    "The configuration file is not valid JSON.
    Place: DIR/snetd.config.json, line 3, column 1
    Found: Quoted object key expected but got '}'
    Fix: Look for a missing or superfluous comma, quote, bracket or indentation at this place."
  `);
});

test('error: a format that nobody knows', async () => {
  const error = await failure({ file: await write('a: 1', 'snetd.xml') });
  expect(messageOf(error)).toMatchInlineSnapshot(`
    "The configuration file has a format that is not supported.
    Place: DIR/snetd.xml
    Expected: a file whose name ends in .json, .yaml, .yml, .toml or .env
    Found: .xml
    Fix: Rename the file after what it holds."
  `);
});

test.each([
  ['half a TLS pair for etcd', { payment_channel_cert_path: 'cert.pem' }],
  ['a user of etcd without a password', { payment_channel_storage_user: 'snetd' }],
  ['placeholders of init', { organization_id: 'YOUR_ORG_ID' }],
  ['an id that does not fit into 32 bytes', { service_id: 'x'.repeat(33) }],
  ['no node', { ethereum_json_rpc_http_endpoint: '' }],
  [
    "a network of one's own without its contracts",
    { blockchain_network_selected: 'devnet', chain_id: 31337 },
  ],
  ['a daemon that would call itself', { daemon_endpoint: '0.0.0.0:5000' }],
  ['half a TLS pair', { ssl_cert: 'cert.pem' }],
  ['a heartbeat without an endpoint', { service_heartbeat_type: 'grpc' }],
  ['metrics for the whole world', { metrics_endpoint: '0.0.0.0:9090' }],
  ['a daemon that takes no payments', { daemon_type: 'http' }],
  ['half of one of several TLS pairs', { ssl_certificates: [{ cert: 'cert.pem' }] }],
  [
    'clients that are asked for what nobody can check',
    { ssl_cert: 'cert.pem', ssl_key: 'key.pem', ssl_client_auth: 'required' },
  ],
  [
    'an authority of clients that are not asked',
    { ssl_cert: 'cert.pem', ssl_key: 'key.pem', ssl_client_ca: 'ca.pem' },
  ],
  ['client certificates without TLS', { ssl_client_auth: 'optional', ssl_client_ca: 'ca.pem' }],
  ['a guest list with nobody on it', { allowed_user_flag: true }],
  [
    'a guest list on the main network',
    {
      allowed_user_flag: true,
      allowed_user_addresses: ['0x3Bb9b2499c283cec176e7C707Ecb495B7a961ebf'],
      blockchain_network_selected: 'main',
      payment_channel_storage_type: 'sqlite',
    },
  ],
])('error: %s', async (_name, change) => {
  const error = await failure({ file: await write({ ...official, ...change }) });
  expect(messageOf(error)).toMatchSnapshot();
});
