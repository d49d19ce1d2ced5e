import type { Address } from '@snetkit/core';
import { token as tokenContract } from '../gen/token.ts';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import { readContract } from '../rpc/read-contract.ts';
import type { RequestOptions } from '../rpc/send-request.ts';

/** Which token. */
export interface GetTokenSupplyOptions extends RequestOptions {
  readonly token: Address;
}

/**
 * Cogs that exist of a token (`totalSupply`).
 *
 * @throws BaseError `CONTRACT_MISSING`, `RPC_...`, `ABORTED`
 */
export function getTokenSupply(
  client: ChainClient,
  { token: address, signal }: GetTokenSupplyOptions,
): Promise<bigint> {
  return readContract(client, { address, call: tokenContract.read('totalSupply', []), signal });
}
