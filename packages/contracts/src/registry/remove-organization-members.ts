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

/** Who is no member of which organization any more. */
export interface RemoveOrganizationMembersOptions extends TransactionOptions {
  readonly registry: Address;
  readonly organizationId: string;
  /** Those who are no members are passed over. */
  readonly members: readonly Address[];
}

/**
 * Takes accounts off the members of an organization; its owner and members may
 * (`removeOrganizationMembers`).
 *
 * @throws BaseError `ID_INVALID`; as {@link sendContractTransaction}
 */
export async function removeOrganizationMembers(
  client: ChainClient,
  signer: Signer,
  { registry, organizationId, members, ...options }: RemoveOrganizationMembersOptions,
): Promise<TransactionResult> {
  const args = [encodeId(organizationId), members] as const;
  return sendContractTransaction(client, signer, {
    address: registry,
    call: registryContract.write('removeOrganizationMembers', args),
    ...pickTransactionOptions(options),
  });
}
