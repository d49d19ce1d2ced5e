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

/** Who owns which organization from now on. */
export interface ChangeOrganizationOwnerOptions extends TransactionOptions {
  readonly registry: Address;
  readonly organizationId: string;
  /** Takes over at once, without being asked; an address without a key is the end of it. */
  readonly owner: Address;
}

/**
 * Gives an organization to another account; only its owner may (`changeOrganizationOwner`).
 *
 * @throws BaseError `ID_INVALID`; as {@link sendContractTransaction}
 */
export async function changeOrganizationOwner(
  client: ChainClient,
  signer: Signer,
  { registry, organizationId, owner, ...options }: ChangeOrganizationOwnerOptions,
): Promise<TransactionResult> {
  const args = [encodeId(organizationId), owner] as const;
  return sendContractTransaction(client, signer, {
    address: registry,
    call: registryContract.write('changeOrganizationOwner', args),
    ...pickTransactionOptions(options),
  });
}
