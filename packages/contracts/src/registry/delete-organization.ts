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

/** Which organization. */
export interface DeleteOrganizationOptions extends TransactionOptions {
  readonly registry: Address;
  readonly organizationId: string;
}

/**
 * Removes an organization and its services; only its owner may (`deleteOrganization`).
 *
 * @throws BaseError `ID_INVALID`; as {@link sendContractTransaction}
 */
export async function deleteOrganization(
  client: ChainClient,
  signer: Signer,
  { registry, organizationId, ...options }: DeleteOrganizationOptions,
): Promise<TransactionResult> {
  return sendContractTransaction(client, signer, {
    address: registry,
    call: registryContract.write('deleteOrganization', [encodeId(organizationId)]),
    ...pickTransactionOptions(options),
  });
}
