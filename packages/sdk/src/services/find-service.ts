import type { ChainClient } from '@snetkit/contracts';
import { BaseError } from '@snetkit/core';
import { type ResolvedService, resolveService, type ServiceLimits } from '@snetkit/metadata';
import type { Config } from '../config/config.ts';
import { withPlace } from '../errors/with-place.ts';
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
  const { registry, multiPartyEscrow: expectedMpe } = config.stand;
  try {
    const lookup = createLookup(chain, registry);
    return await resolveService({ ...options, lookup, content: config.content, expectedMpe });
  } catch (error) {
    const isUnknown = error instanceof BaseError && error.code === 'NOT_REGISTERED';
    const place = `registry ${registry} on ${config.network.name}`;
    throw isUnknown ? withPlace(error, { place }) : error;
  }
}
