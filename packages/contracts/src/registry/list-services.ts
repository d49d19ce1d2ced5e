import type { Address } from '@snetkit/core';
import { registry as registryContract } from '../gen/registry.ts';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import { readContract } from '../rpc/read-contract.ts';
import type { RequestOptions } from '../rpc/send-request.ts';
import { readIds } from './read-id.ts';
import { writeId } from './write-id.ts';

/** Of which organization. */
export interface ListServicesOptions extends RequestOptions {
  readonly registry: Address;
  /** Text, or 32 bytes in hexadecimal as `listOrganizations` gives them. */
  readonly organizationId: string;
}

/**
 * Ids of the services of an organization (`listServicesForOrganization`); undefined when there is no
 * such organization. The order is not stable: when one is deleted, the last one takes its place. Ids
 * that are no text are hexadecimal.
 *
 * @throws BaseError `ID_INVALID`, `CONTRACT_MISSING`, `RPC_...`, `ABORTED`
 */
export async function listServices(
  client: ChainClient,
  { registry, organizationId, signal }: ListServicesOptions,
): Promise<readonly string[] | undefined> {
  const call = registryContract.read('listServicesForOrganization', [writeId(organizationId)]);
  const [found, ids] = await readContract(client, { address: registry, call, signal });
  return found ? readIds(ids) : undefined;
}
