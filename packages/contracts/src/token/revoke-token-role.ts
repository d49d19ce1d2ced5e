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

/** Who loses which role. */
export interface RevokeTokenRoleOptions extends TransactionOptions {
  readonly token: Address;
  readonly role: TokenRole;
  readonly account: Address;
}

/**
 * Takes a role from an account; only its admins may (`revokeRole`).
 *
 * @throws BaseError as {@link sendContractTransaction}
 */
export function revokeTokenRole(
  client: ChainClient,
  signer: Signer,
  { token, role, account, ...options }: RevokeTokenRoleOptions,
): Promise<TransactionResult> {
  return sendContractTransaction(client, signer, {
    address: token,
    call: tokenContract.write('revokeRole', [tokenRoles[role], account]),
    ...pickTransactionOptions(options),
  });
}
