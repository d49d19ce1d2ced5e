import type { Config } from './schema.ts';

/**
 * The header that shows `blockchain_provider_api_key` to the node's provider (daemon.md 9.2): JSON web
 * tokens and all but Infura's keys as bearer tokens, Infura's as the password of nobody.
 */
export function getRpcHeaders(config: Config): Readonly<Record<string, string>> {
  const { blockchain_provider_api_key: key, ethereum_json_rpc_http_endpoint: endpoint } = config;
  if (key === undefined) return {};
  const isToken = /^[\w-]+\.[\w-]+\.[\w-]+$/.test(key);
  const isInfura = endpoint?.includes('infura') === true;
  if (isToken || !isInfura) return { authorization: `Bearer ${key}` };
  return { authorization: `Basic ${Buffer.from(`:${key}`).toString('base64')}` };
}
