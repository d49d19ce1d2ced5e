import type { ChainClient } from '@snetkit/contracts';
import { type ResolvedService, resolveService, type ServiceLimits } from '@snetkit/metadata';
import type { Config } from '../config/config.ts';
import { createLookup } from './create-lookup.ts';

/** Which service. */
export interface FindServiceOptions {
  readonly organizationId: string;
  readonly serviceId: string;
  /** The first group of the service unless given. */
  readonly groupName?: string | undefined;
  /** What is put up with at most. */
  readonly limits?: ServiceLimits | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What is asked for services: the engine. */
export interface ServicePlace {
  readonly config: Config;
  readonly chain: ChainClient;
  checkChain(signal?: AbortSignal): Promise<void>;
}

/**
 * Follows a service from the registry to its protos; every byte is verified, and the escrow must be
 * that of the network.
 */
export async function findService(
  place: ServicePlace,
  options: FindServiceOptions,
): Promise<ResolvedService> {
  await place.checkChain(options.signal);
  const { config, chain } = place;
  return resolveService({
    ...options,
    lookup: createLookup(chain, config.stand.registry),
    content: config.content,
    expectedMpe: config.stand.multiPartyEscrow,
  });
}
