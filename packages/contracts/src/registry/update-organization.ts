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

/** Where the metadata of which organization is now. */
export interface UpdateOrganizationOptions extends TransactionOptions {
  readonly registry: Address;
  readonly organizationId: string;
  /** `ipfs://...` or `filecoin://...`. */
  readonly metadataUri: string;
}

/**
 * Points an organization at new metadata; only its owner may (`changeOrganizationMetadataURI`).
 *
 * @throws BaseError `ID_INVALID`, `STORAGE_URI_INVALID`; as {@link sendContractTransaction}
 */
export async function updateOrganization(
  client: ChainClient,
  signer: Signer,
  { registry, organizationId, metadataUri, ...options }: UpdateOrganizationOptions,
): Promise<TransactionResult> {
  const args = [encodeId(organizationId), encodeMetadataUri(metadataUri)] as const;
  return sendContractTransaction(client, signer, {
    address: registry,
    call: registryContract.write('changeOrganizationMetadataURI', args),
    ...pickTransactionOptions(options),
  });
}
