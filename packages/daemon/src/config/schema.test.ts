import { expect, test } from 'vitest';
import { aliases } from './aliases.ts';
import { envName, envTargets } from './env-names.ts';
import { keyNames, schema } from './schema.ts';

// daemon.md 6.2, column "key".
const officialKeys = `
  blockchain_enabled blockchain_network_selected ethereum_json_rpc_http_endpoint
  ethereum_json_rpc_ws_endpoint registry_address_key blockchain_provider_api_key organization_id
  service_id daemon_group_name daemon_endpoint daemon_type service_endpoint passthrough_enabled
  service_timeout executable_path service_credentials max_message_size_in_mb enable_dynamic_pricing
  model_training_enabled model_maintenance_endpoint ipfs_endpoint ipfs_timeout lighthouse_endpoint
  payment_channel_storage_type payment_channel_storage_client payment_channel_storage_server
  payment_channel_cert_path payment_channel_key_path payment_channel_ca_path ssl_cert ssl_key
  auto_ssl_domain auto_ssl_cache_dir allowed_user_flag allowed_user_addresses
  authentication_addresses private_key_for_free_calls trusted_free_call_signers
  min_balance_for_free_call free_calls_per_address token_secret_key token_expiry_in_minutes
  rate_limit_per_minute burst_size metering_enabled metering_endpoint private_key_for_metering
  alerts_email notification_endpoint service_heartbeat_type heartbeat_endpoint log experimental
`
  .trim()
  .split(/\s+/);

test('behavior: every official key is in the table, every other one is marked as own', () => {
  const own = keyNames.filter((name) => schema[name].own === true);
  expect([...officialKeys, ...own].toSorted()).toEqual([...keyNames].toSorted());
});

test('behavior: every default passes its own type', () => {
  for (const name of keyNames) {
    const { type, default: initial } = schema[name];
    expect(type.parse(initial ?? ''), name).toHaveProperty('value');
  }
});

test('behavior: the old names of the official daemon are known', () => {
  expect(Object.fromEntries(aliases)).toMatchObject({
    daemon_end_point: 'daemon_endpoint',
    ipfs_end_point: 'ipfs_endpoint',
    passthrough_endpoint: 'service_endpoint',
    metering_end_point: 'metering_endpoint',
    heartbeat_svc_end_point: 'heartbeat_endpoint',
    notification_svc_end_point: 'notification_endpoint',
    pvt_key_for_metering: 'private_key_for_metering',
    pvt_key_for_free_calls: 'private_key_for_free_calls',
  });
});

test('behavior: no two settings share an environment variable', () => {
  const names = keyNames.flatMap((key) => [
    envName([key]),
    ...Object.keys(schema[key].type.fields ?? {}).map((field) => envName([key, field])),
  ]);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(envTargets.has(name), name).toBe(true);
});

test('behavior: a description is one sentence or a few, each with its full stop', () => {
  for (const name of keyNames) expect(schema[name].description, name).toMatch(/^[A-Z].*\.$/);
});
