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

/** Who gets which role. */
export interface GrantTokenRoleOptions extends TransactionOptions {
  readonly token: Address;
  readonly role: TokenRole;
  readonly account: Address;
}

/**
 * Gives an account a role; only its admins may (`grantRole`).
 *
 * @throws BaseError as {@link sendContractTransaction}
 */
export function grantTokenRole(
  client: ChainClient,
  signer: Signer,
  { token, role, account, ...options }: GrantTokenRoleOptions,
): Promise<TransactionResult> {
  return sendContractTransaction(client, signer, {
    address: token,
    call: tokenContract.write('grantRole', [tokenRoles[role], account]),
    ...pickTransactionOptions(options),
  });
}
