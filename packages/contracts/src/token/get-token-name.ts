import type { Address } from '@snetkit/core';
import { token as tokenContract } from '../gen/token.ts';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import { readContract } from '../rpc/read-contract.ts';
import type { RequestOptions } from '../rpc/send-request.ts';

/** Which token. */
export interface GetTokenNameOptions extends RequestOptions {
  readonly token: Address;
}

/**
 * The long name of a token (`name`); symbol and decimals are in `getTokenInfo`.
 *
 * @throws BaseError `CONTRACT_MISSING`, `RPC_...`, `ABORTED`
 */
export function getTokenName(
  client: ChainClient,
  { token: address, signal }: GetTokenNameOptions,
): Promise<string> {
  return readContract(client, { address, call: tokenContract.read('name', []), signal });
}
