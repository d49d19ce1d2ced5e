import { expect, test } from 'vitest';
import { testConfig } from '../../test/services/test-config.ts';
import { getRpcHeaders } from './rpc-headers.ts';

const infura = 'https://sepolia.infura.io/v3/';

test.each([
  ['no key', {}, {}],
  ['a key', { SNET_BLOCKCHAIN_PROVIDER_API_KEY: 'abc' }, { authorization: 'Bearer abc' }],
  [
    'a key of Infura',
    {
      SNET_BLOCKCHAIN_PROVIDER_API_KEY: 'abc',
      SNET_ETHEREUM_JSON_RPC_HTTP_ENDPOINT: infura,
    },
    { authorization: 'Basic OmFiYw==' },
  ],
  [
    'a JSON web token for Infura',
    {
      SNET_BLOCKCHAIN_PROVIDER_API_KEY: 'eyJh.eyJi.c-_d',
      SNET_ETHEREUM_JSON_RPC_HTTP_ENDPOINT: infura,
    },
    { authorization: 'Bearer eyJh.eyJi.c-_d' },
  ],
])('default: %s', async (_name, env, headers) => {
  expect(getRpcHeaders(await testConfig(env))).toEqual(headers);
});
