import { type Address, encodeId, encodeMetadataUri } from '@snetkit/core';
import { registry as registryContract } from '../gen/registry.ts';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import type { Signer } from '../signers/signer.ts';
import { sendContractTransaction } from '../transactions/send-contract-transaction.ts';
import {
  pickTransactionOptions,
  type TransactionOptions,
  type TransactionResult,
} from '../transactions/transaction-options.ts';

/** The organization that is registered; its owner is the account that signs the transaction. */
export interface CreateOrganizationOptions extends TransactionOptions {
  readonly registry: Address;
  /** 1 to 32 bytes of UTF-8. */
  readonly organizationId: string;
  /** `ipfs://...` or `filecoin://...`. */
  readonly metadataUri: string;
  /** May register services besides the owner; nobody when not given. */
  readonly members?: readonly Address[] | undefined;
}

/**
 * Registers an organization (`createOrganization`).
 *
 * @throws BaseError `ID_INVALID`, `STORAGE_URI_INVALID`; as {@link sendContractTransaction}
 */
export async function createOrganization(
  client: ChainClient,
  signer: Signer,
  { registry, organizationId, metadataUri, members = [], ...options }: CreateOrganizationOptions,
): Promise<TransactionResult> {
  const args = [encodeId(organizationId), encodeMetadataUri(metadataUri), members] as const;
  return sendContractTransaction(client, signer, {
    address: registry,
    call: registryContract.write('createOrganization', args),
    ...pickTransactionOptions(options),
  });
}
