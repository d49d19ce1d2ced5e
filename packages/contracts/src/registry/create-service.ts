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

/** The service that is registered. */
export interface CreateServiceOptions extends TransactionOptions {
  readonly registry: Address;
  readonly organizationId: string;
  /** 1 to 32 bytes of UTF-8. */
  readonly serviceId: string;
  /** `ipfs://...` or `filecoin://...`. */
  readonly metadataUri: string;
}

/**
 * Registers a service of an organization; its owner and members may
 * (`createServiceRegistration`).
 *
 * @throws BaseError `ID_INVALID`, `STORAGE_URI_INVALID`; as {@link sendContractTransaction}
 */
export async function createService(
  client: ChainClient,
  signer: Signer,
  { registry, organizationId, serviceId, metadataUri, ...options }: CreateServiceOptions,
): Promise<TransactionResult> {
  const ids = [encodeId(organizationId), encodeId(serviceId)] as const;
  return sendContractTransaction(client, signer, {
    address: registry,
    call: registryContract.write('createServiceRegistration', [
      ...ids,
      encodeMetadataUri(metadataUri),
    ]),
    ...pickTransactionOptions(options),
  });
}
