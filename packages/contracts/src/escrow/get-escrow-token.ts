import type { Address } from '@snetkit/core';
import { multiPartyEscrow } from '../gen/multi-party-escrow.ts';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import { readContract } from '../rpc/read-contract.ts';
import type { RequestOptions } from '../rpc/send-request.ts';

/** Which escrow. */
export interface GetEscrowTokenOptions extends RequestOptions {
  readonly mpe: Address;
}

/**
 * Address of the token that the escrow holds (`token()`).
 *
 * @throws BaseError `CONTRACT_MISSING`, `RPC_...`, `ABORTED`
 */
export function getEscrowToken(
  client: ChainClient,
  { mpe, signal }: GetEscrowTokenOptions,
): Promise<Address> {
  const call = multiPartyEscrow.read('token', []);
  return readContract(client, { address: mpe, call, signal });
}
