import type { Address } from '@snetkit/core';
import { token as tokenContract } from '../gen/token.ts';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import { readContract } from '../rpc/read-contract.ts';
import type { RequestOptions } from '../rpc/send-request.ts';

/** Whose balance. */
export interface GetTokenBalanceOptions extends RequestOptions {
  readonly token: Address;
  readonly account: Address;
}

/**
 * Cogs that an account holds itself, outside the escrow (`balanceOf`).
 *
 * @throws BaseError `CONTRACT_MISSING`, `CONTRACT_ARGUMENT_INVALID`, `RPC_...`, `ABORTED`
 */
export function getTokenBalance(
  client: ChainClient,
  { token, account, signal }: GetTokenBalanceOptions,
): Promise<bigint> {
  const call = tokenContract.read('balanceOf', [account]);
  return readContract(client, { address: token, call, signal });
}
