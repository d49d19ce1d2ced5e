import type { Address } from '@snetkit/core';
import { token as tokenContract } from '../gen/token.ts';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import { readContract } from '../rpc/read-contract.ts';
import type { RequestOptions } from '../rpc/send-request.ts';
import { type TokenRole, tokenRoles } from './token-role.ts';

/** Whose role. */
export interface HasTokenRoleOptions extends RequestOptions {
  readonly token: Address;
  readonly role: TokenRole;
  readonly account: Address;
}

/**
 * Whether an account has a role (`hasRole`).
 *
 * @throws BaseError `CONTRACT_MISSING`, `CONTRACT_ARGUMENT_INVALID`, `RPC_...`, `ABORTED`
 */
export function hasTokenRole(
  client: ChainClient,
  { token: address, role, account, signal }: HasTokenRoleOptions,
): Promise<boolean> {
  const call = tokenContract.read('hasRole', [tokenRoles[role], account]);
  return readContract(client, { address, call, signal });
}
