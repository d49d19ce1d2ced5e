import type { ChainClient } from '@snetkit/contracts';
import type { ResolvedService } from '@snetkit/metadata';
import { type DaemonNetwork, getDaemonNetwork } from '../config/network.ts';
import { getRpcHeaders } from '../config/rpc-headers.ts';
import type { Config } from '../config/schema.ts';
import type { ServiceUris } from '../serve/follow-service.ts';

/** What several checks look at; each part is fetched once, when the first asks for it. */
export interface World {
  readonly config: Config;
  readonly network: DaemonNetwork;
  client(): Promise<ChainClient>;
  uris(): Promise<ServiceUris>;
  service(): Promise<ResolvedService>;
}

/** The world of a configuration. */
export function createWorld(config: Config, { signal }: { signal: AbortSignal }): World {
  const network = getDaemonNetwork(config);
  const client = once(async () => {
    const { createChainClient } = await import('@snetkit/contracts');
    return createChainClient({
      rpcUrl: config.ethereum_json_rpc_http_endpoint ?? '',
      timeoutMs: config.chain_request_timeout,
      headers: getRpcHeaders(config),
    });
  });
  const uris = once(async () => {
    const { readServiceUris } = await import('../serve/read-service-uris.ts');
    return readServiceUris({ client: await client(), config, network, signal });
  });
  const service = once(async () => {
    const { readService } = await import('../serve/read-service.ts');
    return readService({ client: await client(), config, network, signal });
  });
  return { config, network, client, uris, service };
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => {
    result ??= work();
    return result;
  };
}
