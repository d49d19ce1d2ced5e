import { multiPartyEscrow } from '../gen/multi-party-escrow.ts';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import type { Signer } from '../signers/signer.ts';
import { sendContractTransaction } from '../transactions/send-contract-transaction.ts';
import { pickTransactionOptions } from '../transactions/transaction-options.ts';
import type { AddFundsOptions } from './add-funds.ts';
import { depositMissing } from './deposit-missing.ts';
import type { FundedResult } from './funded-result.ts';

/** How much goes into which channel, and how long it lives. */
export interface ExtendAndAddFundsOptions extends AddFundsOptions {
  /** Block number, not lower than now. */
  readonly expiration: bigint;
}

/**
 * Extends a channel of the signer and adds money from the escrow balance, in one transaction
 * (`channelExtendAndAddFunds`).
 *
 * @throws BaseError as {@link sendContractTransaction}
 */
export async function extendAndAddFunds(
  client: ChainClient,
  signer: Signer,
  { mpe, token, channelId, amount, expiration, ...options }: ExtendAndAddFundsOptions,
): Promise<FundedResult> {
  const common = pickTransactionOptions(options);
  const deposited = await depositMissing(client, signer, { mpe, token, amount, ...common });
  const args = [channelId, expiration, amount] as const;
  const call = multiPartyEscrow.write('channelExtendAndAddFunds', args);
  const result = await sendContractTransaction(client, signer, { address: mpe, call, ...common });
  return { ...result, deposit: deposited };
}
