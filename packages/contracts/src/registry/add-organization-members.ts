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

/** Who becomes a member of which organization. */
export interface AddOrganizationMembersOptions extends TransactionOptions {
  readonly registry: Address;
  readonly organizationId: string;
  /** Those who are members already stay members. */
  readonly members: readonly Address[];
}

/**
 * Lets further accounts manage the services of an organization; its owner and members may
 * (`addOrganizationMembers`).
 *
 * @throws BaseError `ID_INVALID`; as {@link sendContractTransaction}
 */
export async function addOrganizationMembers(
  client: ChainClient,
  signer: Signer,
  { registry, organizationId, members, ...options }: AddOrganizationMembersOptions,
): Promise<TransactionResult> {
  const args = [encodeId(organizationId), members] as const;
  return sendContractTransaction(client, signer, {
    address: registry,
    call: registryContract.write('addOrganizationMembers', args),
    ...pickTransactionOptions(options),
  });
}
