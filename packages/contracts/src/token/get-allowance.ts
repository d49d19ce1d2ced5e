import type { Address } from '@snetkit/core';
import { token as tokenContract } from '../gen/token.ts';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import { readContract } from '../rpc/read-contract.ts';
import type { RequestOptions } from '../rpc/send-request.ts';

/** Who lets whom spend. */
export interface GetAllowanceOptions extends RequestOptions {
  readonly token: Address;
  readonly owner: Address;
  /** The escrow contract, usually. */
  readonly spender: Address;
}

/**
 * Cogs that `spender` may still take from `owner` (`allowance`).
 *
 * @throws BaseError `CONTRACT_MISSING`, `CONTRACT_ARGUMENT_INVALID`, `RPC_...`, `ABORTED`
 */
export function getAllowance(
  client: ChainClient,
  { token, owner, spender, signal }: GetAllowanceOptions,
): Promise<bigint> {
  const call = tokenContract.read('allowance', [owner, spender]);
  return readContract(client, { address: token, call, signal });
}
