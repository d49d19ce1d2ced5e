import type { Address } from '@snetkit/core';
import { token as tokenContract } from '../gen/token.ts';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import { readContract } from '../rpc/read-contract.ts';
import { readContracts } from '../rpc/read-contracts.ts';
import type { RequestOptions } from '../rpc/send-request.ts';
import { unwrap } from '../rpc/unwrap.ts';
import { type TokenRole, tokenRoles } from './token-role.ts';

/** Which role of which token. */
export interface GetTokenRoleMembersOptions extends RequestOptions {
  readonly token: Address;
  readonly role: TokenRole;
}

/**
 * Accounts that have a role, in no stable order (`getRoleMemberCount`, `getRoleMember`).
 *
 * @throws BaseError `CONTRACT_MISSING`, `RPC_...`, `ABORTED`
 */
export async function getTokenRoleMembers(
  client: ChainClient,
  { token: address, role, signal }: GetTokenRoleMembersOptions,
): Promise<readonly Address[]> {
  const id = tokenRoles[role];
  const call = tokenContract.read('getRoleMemberCount', [id]);
  const count = await readContract(client, { address, call, signal });
  const calls = Array.from({ length: Number(count) }, (_, index) => ({
    address,
    call: tokenContract.read('getRoleMember', [id, BigInt(index)]),
  }));
  return (await readContracts(client, { calls, signal })).map(unwrap);
}
