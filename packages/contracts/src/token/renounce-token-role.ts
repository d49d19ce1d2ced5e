import type { Address } from '@snetkit/core';
import { token as tokenContract } from '../gen/token.ts';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import type { Signer } from '../signers/signer.ts';
import { sendContractTransaction } from '../transactions/send-contract-transaction.ts';
import {
  pickTransactionOptions,
  type TransactionOptions,
  type TransactionResult,
} from '../transactions/transaction-options.ts';
import { type TokenRole, tokenRoles } from './token-role.ts';

/** Which role. */
export interface RenounceTokenRoleOptions extends TransactionOptions {
  readonly token: Address;
  readonly role: TokenRole;
}

/**
 * Gives up a role of the signer (`renounceRole`).
 *
 * @throws BaseError as {@link sendContractTransaction}
 */
export function renounceTokenRole(
  client: ChainClient,
  signer: Signer,
  { token, role, ...options }: RenounceTokenRoleOptions,
): Promise<TransactionResult> {
  return sendContractTransaction(client, signer, {
    address: token,
    call: tokenContract.write('renounceRole', [tokenRoles[role], signer.address]),
    ...pickTransactionOptions(options),
  });
}
