import { expect, test } from 'vitest';
import { schema } from './schema.ts';
import { showValue } from './show-value.ts';

const secretUrl = 'https://user:very-secret@etcd:2379/key';

test.each<[keyof typeof schema, unknown, string]>([
  ['service_timeout', '20s', '"20s"'],
  ['burst_size', 5, '5'],
  ['ethereum_json_rpc_http_endpoint', secretUrl, '"https://etcd:2379/..."'],
  [
    'payment_channel_storage_client',
    { request_timeout: '3s', endpoints: [secretUrl] },
    '{"request_timeout":"3s","endpoints":["https://etcd:2379/..."]}',
  ],
  [
    'payment_channel_storage_client',
    `{"endpoints":["${secretUrl}"]}`,
    '{"endpoints":["https://etcd:2379/..."]}',
  ],
  ['payment_channel_storage_client', `{"endpoints":["${secretUrl}"`, '"(not shown)"'],
  ['service_endpoints', `a:1, ${secretUrl}`, '["a:1","https://etcd:2379/..."]'],
  [
    'service_endpoints',
    [{ endpoint: secretUrl, weight: 2 }],
    '[{"endpoint":"https://etcd:2379/...","weight":2}]',
  ],
  [
    'log',
    { level: 'info', mail: { password: 'very-secret' } },
    '{"level":"info","mail":"(not shown)"}',
  ],
  ['cors_allowed_origins', ['*'], '["*"]'],
  ['ssl_cert', undefined, 'nothing'],
])('default: %s', (key, value, text) => {
  expect(showValue(schema[key].type, value)).toBe(text);
});
