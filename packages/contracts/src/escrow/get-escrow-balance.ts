import type { Address } from '@snetkit/core';
import { multiPartyEscrow } from '../gen/multi-party-escrow.ts';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import { readContract } from '../rpc/read-contract.ts';
import type { RequestOptions } from '../rpc/send-request.ts';

/** Whose balance. */
export interface GetEscrowBalanceOptions extends RequestOptions {
  readonly mpe: Address;
  readonly account: Address;
}

/**
 * Cogs that an account has in the escrow and not in a channel (`balances(address)`).
 *
 * @throws BaseError `CONTRACT_MISSING`, `CONTRACT_ARGUMENT_INVALID`, `RPC_...`, `ABORTED`
 */
export function getEscrowBalance(
  client: ChainClient,
  { mpe, account, signal }: GetEscrowBalanceOptions,
): Promise<bigint> {
  const call = multiPartyEscrow.read('balances', [account]);
  return readContract(client, { address: mpe, call, signal });
}
