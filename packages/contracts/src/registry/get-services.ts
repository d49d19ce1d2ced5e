import type { Address } from '@snetkit/core';
import { registry as registryContract } from '../gen/registry.ts';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import { mapOutcome } from '../rpc/map-outcome.ts';
import { type ReadOutcome, readContracts } from '../rpc/read-contracts.ts';
import type { RequestOptions } from '../rpc/send-request.ts';
import type { Service } from './get-service.ts';
import { toService } from './to-service.ts';
import { writeId } from './write-id.ts';

/** Names a service. */
export interface ServiceId {
  /** Text, or 32 bytes in hexadecimal. */
  readonly organizationId: string;
  /** Text, or 32 bytes in hexadecimal. */
  readonly serviceId: string;
}

/** Which services. */
export interface GetServicesOptions extends RequestOptions {
  readonly registry: Address;
  readonly services: readonly ServiceId[];
}

/**
 * Looks many services up in few requests, all at one block; in the order of `services`, undefined
 * where there is none. One that cannot be read is a failure of its own and hides no other.
 *
 * @throws BaseError `ID_INVALID`, `RPC_...`, `ABORTED`
 */
export async function getServices(
  client: ChainClient,
  { registry, services, signal }: GetServicesOptions,
): Promise<readonly ReadOutcome<Service | undefined>[]> {
  const calls = services.map(({ organizationId, serviceId }) => ({
    address: registry,
    call: registryContract.read('getServiceRegistrationById', [
      writeId(organizationId),
      writeId(serviceId),
    ]),
  }));
  const outcomes = await readContracts(client, { calls, signal });
  return outcomes.map((outcome, index) => {
    const { organizationId = '', serviceId = '' } = services[index] ?? {};
    return mapOutcome(outcome, (result) =>
      toService(result, { registry, organizationId, serviceId }),
    );
  });
}
