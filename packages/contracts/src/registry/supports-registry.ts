import type { Address } from '@snetkit/core';
import { registry as registryContract } from '../gen/registry.ts';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import { readContract } from '../rpc/read-contract.ts';
import type { RequestOptions } from '../rpc/send-request.ts';

/** Which contract. */
export interface SupportsRegistryOptions extends RequestOptions {
  readonly registry: Address;
}

/** The interface of the registry, as ERC-165 names it. */
const interfaceId = '0x3f2242ea';

/**
 * Whether the contract at an address says that it is a registry of this generation
 * (`supportsInterface(0x3f2242ea)`).
 *
 * @throws BaseError `CONTRACT_MISSING` when there is none, or one without ERC-165; `RPC_...`, `ABORTED`
 */
export function supportsRegistry(
  client: ChainClient,
  { registry, signal }: SupportsRegistryOptions,
): Promise<boolean> {
  const call = registryContract.read('supportsInterface', [interfaceId]);
  return readContract(client, { address: registry, call, signal });
}
