import { type Address, encodeId } from '@snetkit/core';
import { registry as registryContract } from '../gen/registry.ts';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import { readContract } from '../rpc/read-contract.ts';
import type { RequestOptions } from '../rpc/send-request.ts';
import type { Organization } from './organization.ts';
import { toOrganization } from './to-organization.ts';

/** Which organization. */
export interface GetOrganizationOptions extends RequestOptions {
  readonly registry: Address;
  readonly organizationId: string;
}

/**
 * Looks an organization up (`getOrganizationById`); undefined when there is none.
 *
 * @throws BaseError `ID_INVALID`, `TEXT_INVALID`, `CONTRACT_MISSING`, `RPC_...`, `ABORTED`
 */
export async function getOrganization(
  client: ChainClient,
  { registry, organizationId, signal }: GetOrganizationOptions,
): Promise<Organization | undefined> {
  const call = registryContract.read('getOrganizationById', [encodeId(organizationId)]);
  const result = await readContract(client, { address: registry, call, signal });
  return toOrganization(result, { registry, organizationId });
}
