import { loadConfig } from '../../src/config/load.ts';
import type { Config } from '../../src/config/schema.ts';

/** Settings of a daemon in front of a local service, with changes. */
export async function testConfig(env: Record<string, string> = {}): Promise<Config> {
  const { config } = await loadConfig({
    env: {
      SNET_ORGANIZATION_ID: 'YOUR_ORG_ID_',
      SNET_SERVICE_ID: 'my_service',
      SNET_ETHEREUM_JSON_RPC_HTTP_ENDPOINT: 'http://127.0.0.1:1',
      ...env,
    },
  });
  return config;
}
