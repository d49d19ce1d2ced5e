import { type Address, BaseError, sameAddress } from '@snetkit/core';
import { getEscrowToken } from '../escrow/get-escrow-token.ts';
import { token as tokenContract } from '../gen/token.ts';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import type { Signer } from '../signers/signer.ts';
import { settleEarlier } from '../transactions/settle-earlier.ts';
import {
  pickEarlierOptions,
  type TransactionOptions,
  type TransactionResult,
} from '../transactions/transaction-options.ts';
import { approve } from './approve.ts';
import { getAllowance } from './get-allowance.ts';
import { getTokenBalance } from './get-token-balance.ts';
import { increaseAllowance } from './increase-allowance.ts';

/** What is about to be spent. */
export interface ApproveMissingOptions extends TransactionOptions {
  readonly token: Address;
  /** The escrow contract. */
  readonly spender: Address;
  /** Cogs that `spender` is going to take. */
  readonly amount: bigint;
}

const purposes = ['approve', 'increaseAllowance', 'decreaseAllowance'].map(
  (name) => `${tokenContract.contractName}.${name}`,
);

/**
 * Makes sure that `spender` may take exactly `amount` cogs: nothing is sent when it may already, and
 * nothing is left over afterwards that it could take later. What it may take already is increased,
 * not set anew, because it could take the old amount and the new one.
 *
 * What could not succeed afterwards is refused: too few tokens, or those of another contract.
 *
 * @throws BaseError `FUNDS_MISSING`, `CONTRACT_MISSING`; as {@link approve}
 */
export async function approveMissing(
  client: ChainClient,
  signer: Signer,
  options: ApproveMissingOptions,
): Promise<TransactionResult | undefined> {
  const { token, spender, amount, signal } = options;
  const owner = signer.address;
  const common = pickEarlierOptions(options);
  await settleEarlier(client, signer, { to: token, purposes, ...common });
  const [allowance, balance] = await Promise.all([
    getAllowance(client, { token, owner, spender, signal }),
    getTokenBalance(client, { token, account: owner, signal }),
  ]);
  if (allowance >= amount && balance >= amount) return undefined;
  await assertEscrowToken(client, options);
  if (balance < amount) throw describePoverty(options, { owner, balance });
  const wanted = { token, spender, ...common };
  return allowance === 0n
    ? approve(client, signer, { ...wanted, amount })
    : increaseAllowance(client, signer, { ...wanted, amount: amount - allowance });
}

async function assertEscrowToken(
  client: ChainClient,
  { token, spender: mpe, signal }: ApproveMissingOptions,
): Promise<void> {
  const held = await getEscrowToken(client, { mpe, signal });
  if (sameAddress(held, token)) return;
  throw new BaseError('CONTRACT_MISSING', 'The escrow does not hold the token at this address.', {
    place: `token of the escrow ${mpe}`,
    expected: held,
    found: token,
    hint: 'Give the token address of the network, and check the address of the escrow.',
  });
}

function describePoverty(
  { token, amount }: ApproveMissingOptions,
  { owner, balance }: { readonly owner: Address; readonly balance: bigint },
): BaseError {
  return new BaseError('FUNDS_MISSING', 'The account does not hold that many tokens.', {
    place: `${owner}, token ${token}`,
    expected: `${amount} cogs`,
    found: `${balance} cogs`,
    hint: 'Send tokens to this account, or move a smaller amount.',
  });
}
