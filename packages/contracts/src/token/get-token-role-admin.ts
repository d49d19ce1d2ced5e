import type { Address, Hex } from '@snetkit/core';
import { token as tokenContract } from '../gen/token.ts';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import { readContract } from '../rpc/read-contract.ts';
import type { RequestOptions } from '../rpc/send-request.ts';
import { type TokenRole, tokenRoles } from './token-role.ts';

/** Which role of which token. */
export interface GetTokenRoleAdminOptions extends RequestOptions {
  readonly token: Address;
  readonly role: TokenRole;
}

/**
 * The role whose members give and take this one (`getRoleAdmin`): 32 bytes, those of `admin` unless
 * the token is of another kind.
 *
 * @throws BaseError `CONTRACT_MISSING`, `RPC_...`, `ABORTED`
 */
export function getTokenRoleAdmin(
  client: ChainClient,
  { token: address, role, signal }: GetTokenRoleAdminOptions,
): Promise<Hex> {
  const call = tokenContract.read('getRoleAdmin', [tokenRoles[role]]);
  return readContract(client, { address, call, signal });
}
