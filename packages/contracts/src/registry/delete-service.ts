import { type Address, encodeId } from '@snetkit/core';
import { registry as registryContract } from '../gen/registry.ts';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import type { Signer } from '../signers/signer.ts';
import { sendContractTransaction } from '../transactions/send-contract-transaction.ts';
import {
  pickTransactionOptions,
  type TransactionOptions,
  type TransactionResult,
} from '../transactions/transaction-options.ts';

/** Which service. */
export interface DeleteServiceOptions extends TransactionOptions {
  readonly registry: Address;
  readonly organizationId: string;
  readonly serviceId: string;
}

/**
 * Removes a service; owner and members of its organization may (`deleteServiceRegistration`).
 *
 * @throws BaseError `ID_INVALID`; as {@link sendContractTransaction}
 */
export async function deleteService(
  client: ChainClient,
  signer: Signer,
  { registry, organizationId, serviceId, ...options }: DeleteServiceOptions,
): Promise<TransactionResult> {
  const ids = [encodeId(organizationId), encodeId(serviceId)] as const;
  return sendContractTransaction(client, signer, {
    address: registry,
    call: registryContract.write('deleteServiceRegistration', ids),
    ...pickTransactionOptions(options),
  });
}
