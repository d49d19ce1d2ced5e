import type { Address } from '@snetkit/core';
import { registry as registryContract } from '../gen/registry.ts';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import { readContract } from '../rpc/read-contract.ts';
import type { RequestOptions } from '../rpc/send-request.ts';
import { readIds } from './read-id.ts';

/** Which registry. */
export interface ListOrganizationsOptions extends RequestOptions {
  readonly registry: Address;
}

/**
 * Ids of all organizations (`listOrganizations`), in one request. The order is not stable: when one is
 * deleted, the last one takes its place. Ids that are no text are hexadecimal.
 *
 * @throws BaseError `CONTRACT_MISSING`, `RPC_...`, `ABORTED`
 */
export async function listOrganizations(
  client: ChainClient,
  { registry, signal }: ListOrganizationsOptions,
): Promise<readonly string[]> {
  const call = registryContract.read('listOrganizations', []);
  return readIds(await readContract(client, { address: registry, call, signal }));
}
