import { type Address, encodeId } from '@snetkit/core';
import { registry as registryContract } from '../gen/registry.ts';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import { readContract } from '../rpc/read-contract.ts';
import type { RequestOptions } from '../rpc/send-request.ts';
import { readIds } from './read-ids.ts';
import { readMetadataUri } from './read-metadata-uri.ts';

/** Which organization. */
export interface GetOrganizationOptions extends RequestOptions {
  readonly registry: Address;
  readonly organizationId: string;
}

/** An organization as the registry holds it. */
export interface Organization {
  readonly organizationId: string;
  /** Where its metadata is; not checked further. */
  readonly metadataUri: string;
  readonly owner: Address;
  /** May register services, as the owner may. */
  readonly members: readonly Address[];
  /** In no stable order. */
  readonly serviceIds: readonly string[];
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
  const [found, , uri, owner, members, serviceIds] = result;
  if (!found) return undefined;
  const metadataUri = readMetadataUri(uri, `organization ${organizationId} in ${registry}`);
  return { organizationId, metadataUri, owner, members, serviceIds: readIds(serviceIds) };
}
