import { type Address, encodeId } from '@snetkit/core';
import { registry as registryContract } from '../gen/registry.ts';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import { readContract } from '../rpc/read-contract.ts';
import type { RequestOptions } from '../rpc/send-request.ts';
import { toService } from './to-service.ts';

/** Which service. */
export interface GetServiceOptions extends RequestOptions {
  readonly registry: Address;
  readonly organizationId: string;
  readonly serviceId: string;
}

/** A service as the registry holds it. */
export interface Service {
  readonly organizationId: string;
  readonly serviceId: string;
  /** Where its metadata is; not checked further. */
  readonly metadataUri: string;
}

/**
 * Looks a service up (`getServiceRegistrationById`); undefined when there is no such service or no
 * such organization.
 *
 * @throws BaseError `ID_INVALID`, `TEXT_INVALID`, `CONTRACT_MISSING`, `RPC_...`, `ABORTED`
 */
export async function getService(
  client: ChainClient,
  { registry, organizationId, serviceId, signal }: GetServiceOptions,
): Promise<Service | undefined> {
  const ids = [encodeId(organizationId), encodeId(serviceId)] as const;
  const call = registryContract.read('getServiceRegistrationById', ids);
  const result = await readContract(client, { address: registry, call, signal });
  return toService(result, { registry, organizationId, serviceId });
}
