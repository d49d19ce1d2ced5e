import { join } from 'node:path';
import { getOrganization, getService, listServices } from '@snetkit/contracts';
import { BaseError } from '@snetkit/core';
import {
  type ContentSources,
  cachedSource,
  createContentSources,
  mapSource,
  type ServiceLookup,
} from '@snetkit/metadata';
import { getCacheDirectory, openContentCache } from '@snetkit/metadata/node';
import type { SdkGenerateInput } from '../commands/sdk-generate.ts';
import { chooseNetwork } from '../session/choose-network.ts';

/** The registry of the chosen network, and the content that it names. */
export interface OpenRegistry extends AsyncDisposable {
  readonly network: string;
  readonly chainId: number;
  readonly lookup: ServiceLookup;
  readonly content: ContentSources;
  /** Ids of the services of an organization, sorted. @throws BaseError `NOT_REGISTERED` */
  listServices(organizationId: string): Promise<readonly string[]>;
}

/**
 * Connects to the chosen network; no account is needed. What was read once comes from the cache.
 *
 * @throws BaseError `NETWORK_NOT_CHOSEN`, `NETWORK_UNKNOWN`, `CHAIN_ID_MISMATCH`, `RPC_...`
 */
export async function openRegistry(input: SdkGenerateInput): Promise<OpenRegistry> {
  const { options, env, signal } = input;
  const [{ network, rpcUrl, contentUrl }, { createConfig, defaultContentUrl, SnetEngine }] =
    await Promise.all([chooseNetwork({ options, env }), import('@snetkit/sdk')]);
  const content = createContentSources({
    kuboUrls: [contentUrl ?? defaultContentUrl],
    cache: openContentCache(getCacheOptions(env)),
  });
  const engine = new SnetEngine(createConfig({ network, rpcUrl, content }));
  await engine.checkChain(signal);
  const { chain, config } = engine;
  const { registry } = config.stand;
  return {
    network: config.network.name,
    chainId: config.network.chainId,
    content,
    lookup: {
      async getOrganizationUri(organizationId) {
        return (await getOrganization(chain, { registry, organizationId, signal }))?.metadataUri;
      },
      async getServiceUri(organizationId, serviceId) {
        const ids = { organizationId, serviceId };
        return (await getService(chain, { registry, ...ids, signal }))?.metadataUri;
      },
    },
    async listServices(organizationId) {
      const ids = await listServices(chain, { registry, organizationId, signal });
      if (ids !== undefined && ids.length > 0) return [...ids].sort();
      throw new BaseError('NOT_REGISTERED', 'The organization has no services.', {
        place: organizationId,
      });
    },
    [Symbol.asyncDispose]: () => engine.close(),
  };
}

/** Content that was read before, and nobody who is asked for more. */
export function openCachedContent(env: SdkGenerateInput['env']): ContentSources {
  const cache = openContentCache(getCacheOptions(env));
  const source = cachedSource(mapSource(new Map(), { name: 'nobody (--offline)' }), cache);
  return { ipfs: source, filecoin: source };
}

function getCacheOptions(env: SdkGenerateInput['env']) {
  return { directory: join(getCacheDirectory(env), 'content') };
}
