import { BaseError } from '@snetkit/core';
import { expect, test } from 'vitest';
import { loadConfig } from './load.ts';
import { type KeyName, keyNames, schema } from './schema.ts';

// One wrong value for each key; keys that take any text stand apart.
const wrong: Partial<Record<KeyName, unknown>> = {
  blockchain_enabled: 'perhaps',
  blockchain_network_selected: 'two words',
  ethereum_json_rpc_http_endpoint: 'localhost:8545',
  ethereum_json_rpc_ws_endpoint: 'http://localhost:8545',
  registry_address_key: '0x1234',
  mpe_address_key: '0x1234',
  token_address_key: 42,
  chain_id: 'one',
  block_poll_interval: '1ms',
  fastest_block_time: '0s',
  chain_request_timeout: 'soon',
  metadata_reload_interval: 'often',
  service_endpoint: 'ftp://localhost',
  service_endpoints: [{ weight: 1 }],
  service_health_check_interval: '1ms',
  forward_payment_metadata: 'some',
  max_processes: 0,
  service_http_rules: [{ selector: 'Method' }],
  dynamic_price_timeout: '0s',
  warm_processes: 'all',
  warm_process_max_calls: -1,
  warm_process_max_age: 'long',
  warm_process_max_memory_in_mb: '2 GiB',
  service_timeout: '100',
  passthrough_enabled: 2,
  max_message_size_in_mb: 4096,
  service_credentials: [{ location: 'cookie' }],
  enable_dynamic_pricing: [],
  model_training_enabled: {},
  model_maintenance_endpoint: 'tcp://x',
  service_heartbeat_type: 'gprc',
  heartbeat_endpoint: 'localhost',
  rate_limit_per_minute: -1,
  burst_size: 1.5,
  payer_rate_limit_per_minute: 'many',
  payer_burst_size: 0,
  address_rate_limit_per_minute: -0.5,
  address_burst_size: 2.5,
  own_services_rate_limit_per_minute: '1/s',
  own_services_burst_size: 0,
  max_connections_per_address: 1.5,
  max_streams_per_address: -1,
  uncapped_addresses: ['localhost'],
  trusted_proxies: ['10.0.0.0/33'],
  daemon_endpoint: '8080',
  daemon_type: 'soap',
  experimental: { traffic_split: { grpc: 70_000 } },
  ssl_certificates: ['cert.pem'],
  ssl_client_auth: 'perhaps',
  auto_ssl_domain: 'localhost',
  auto_ssl_directory: 'http://acme.example',
  auto_ssl_email: 'nobody',
  auto_ssl_challenge: 'dns-01',
  auto_ssl_http_endpoint: '80',
  cors_allowed_origins: ['app.example'],
  cors_exposed_headers: ['x y'],
  cors_max_age: 'long',
  reflection_enabled: 'sometimes',
  stop_grace_period: '-1s',
  stop_delay: '-1s',
  metrics_endpoint: 'localhost',
  metrics_token: 'short',
  payment_channel_storage_type: 'lmbd',
  payment_channel_storage_client: { request_timeout: 'x' },
  payment_channel_storage_lease: '1s',
  payment_channel_storage_reload_interval: '0s',
  payment_channel_storage_server: { client_port: 0 },
  ipfs_endpoint: 'ipfs://x',
  ipfs_timeout: 0,
  lighthouse_endpoint: 'x',
  allowed_user_flag: 'maybe',
  allowed_user_addresses: ['0x12'],
  authentication_addresses: ['me'],
  private_key_for_free_calls: 'abc',
  trusted_free_call_signers: { a: 1 },
  min_balance_for_free_call: '1.5',
  free_calls_per_address: { '0x12': 3 },
  token_expiry_in_minutes: 0,
  metering_enabled: 'x',
  metering_endpoint: 'x',
  private_key_for_metering: 'xyz',
  alerts_email: 'nobody',
  notification_endpoint: 'x',
  log: { level: 'loud' },
  traces_endpoint: 'collector:4318',
  traces_headers: ['x'],
  traces_sample_ratio: 2,
  alerts_smtp_url: 'mail.example',
  alerts_email_from: 'nobody',
  alerts_webhook_url: 'x',
  alerts_webhook_secret: 'short',
  alerts_telegram_token: '?!?!',
  alerts_telegram_api: 'x',
  alerts_interval: '1ms',
  alerts_repeat: '1',
  alerts_unclaimed_within: 'soon',
};

async function failure(env: Record<string, string>): Promise<BaseError> {
  const error = await loadConfig({ env }).catch((cause: unknown) => cause);
  if (error instanceof BaseError) return error;
  throw error;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

test.each(Object.entries(wrong))(
  'error: %s names variable, value, expectation and fix',
  async (name, value) => {
    const error = await failure({ [`SNET_${name.toUpperCase()}`]: textOf(value) });
    expect(error.code).toBe('CONFIG_VALUE_INVALID');
    expect(error.shortMessage).toMatch(
      new RegExp(`^The setting ${name}(\\.\\w+)* does not fit\\.$`),
    );
    expect(error.place).toMatch(`environment variable SNET_${name.toUpperCase()}`);
    expect(error.expected?.length).toBeGreaterThan(5);
    expect(error.hint?.length).toBeGreaterThan(5);
    if (schema[name as KeyName].secret === true) {
      expect(error.found).toBe('a value that is not shown');
      expect(error.message).not.toContain(textOf(value));
    } else expect(error.found?.length).toBeGreaterThan(0);
  },
);

test('behavior: every key but free text has a wrong value above', () => {
  const free = keyNames.filter((name) => !(name in wrong));
  expect(free).toMatchInlineSnapshot(`
    [
      "blockchain_provider_api_key",
      "organization_id",
      "service_id",
      "daemon_group_name",
      "service_ca_path",
      "service_cert_path",
      "service_key_path",
      "executable_path",
      "ssl_cert",
      "ssl_key",
      "ssl_client_ca",
      "auto_ssl_cache_dir",
      "auto_ssl_directory_ca",
      "payment_channel_storage_path",
      "payment_channel_storage_user",
      "payment_channel_storage_password",
      "payment_channel_cert_path",
      "payment_channel_key_path",
      "payment_channel_ca_path",
      "token_secret_key",
      "alerts_telegram_chat",
    ]
  `);
});

test('error: the whole message of a wrong value', async () => {
  const error = await failure({ SNET_SERVICE_TIMEOUT: '100', SNET_IPFS_TIMEOUT: 'x' });
  expect(error.message).toMatchInlineSnapshot(`
    "The setting service_timeout does not fit.
    Place: environment variable SNET_SERVICE_TIMEOUT
    Expected: a duration such as "100s", "1m30s" or "250ms"
    Found: "100"
    Fix: Give a unit: did you mean "100s"? Wrong as well: ipfs_timeout."
  `);
});

test('error: a misspelt word is recognised', async () => {
  const error = await failure({ SNET_SERVICE_HEARTBEAT_TYPE: 'gprc' });
  expect(error.message).toMatchInlineSnapshot(`
    "The setting service_heartbeat_type does not fit.
    Place: environment variable SNET_SERVICE_HEARTBEAT_TYPE
    Expected: one of "", "none", "grpc", "http", "https", "tcp"
    Found: "gprc"
    Fix: Did you mean "grpc"?"
  `);
});

test('error: of a wrong URL only protocol and host are shown', async () => {
  const error = await failure({
    SNET_ETHEREUM_JSON_RPC_HTTP_ENDPOINT: 'wss://user:pass@node.example/v3/0123456789abcdef?key=1',
  });
  expect(error.found).toBe('"wss://node.example/..."');
});
