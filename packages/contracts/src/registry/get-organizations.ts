import type { Address } from '@snetkit/core';
import { registry as registryContract } from '../gen/registry.ts';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import { mapOutcome } from '../rpc/map-outcome.ts';
import { type ReadOutcome, readContracts } from '../rpc/read-contracts.ts';
import type { RequestOptions } from '../rpc/send-request.ts';
import type { Organization } from './organization.ts';
import { toOrganization } from './to-organization.ts';
import { writeId } from './write-id.ts';

/** Which organizations. */
export interface GetOrganizationsOptions extends RequestOptions {
  readonly registry: Address;
  /** As `listOrganizations` gives them: text, or 32 bytes in hexadecimal. */
  readonly organizationIds: readonly string[];
}

/**
 * Looks many organizations up in few requests, all at one block; in the order of the ids, undefined
 * where there is none. One that cannot be read (anybody may register a metadata URI that is no text)
 * is a failure of its own and hides no other.
 *
 * @throws BaseError `ID_INVALID`, `RPC_...`, `ABORTED`
 */
export async function getOrganizations(
  client: ChainClient,
  { registry, organizationIds, signal }: GetOrganizationsOptions,
): Promise<readonly ReadOutcome<Organization | undefined>[]> {
  const calls = organizationIds.map((id) => ({
    address: registry,
    call: registryContract.read('getOrganizationById', [writeId(id)]),
  }));
  const outcomes = await readContracts(client, { calls, signal });
  return outcomes.map((outcome, index) => {
    const organizationId = organizationIds[index] ?? '';
    return mapOutcome(outcome, (result) => toOrganization(result, { registry, organizationId }));
  });
}
