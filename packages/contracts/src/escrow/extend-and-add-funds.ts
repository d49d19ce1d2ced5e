import { multiPartyEscrow } from '../gen/multi-party-escrow.ts';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import type { Signer } from '../signers/signer.ts';
import { pickTransactionOptions } from '../transactions/transaction-options.ts';
import type { AddFundsOptions } from './add-funds.ts';
import type { FundedResult } from './funded-result.ts';
import { sendFunded } from './send-funded.ts';

/** How much goes into which channel, and how long it lives. */
export interface ExtendAndAddFundsOptions extends AddFundsOptions {
  /** Block number, not lower than now. */
  readonly expiration: bigint;
}

/**
 * Extends a channel of the signer and adds money from the escrow balance, in one transaction
 * (`channelExtendAndAddFunds`).
 *
 * @throws BaseError as `sendContractTransaction`
 */
export async function extendAndAddFunds(
  client: ChainClient,
  signer: Signer,
  { mpe, token, channelId, amount, expiration, ...options }: ExtendAndAddFundsOptions,
): Promise<FundedResult> {
  const common = pickTransactionOptions(options);
  const args = [channelId, expiration, amount] as const;
  const call = multiPartyEscrow.write('channelExtendAndAddFunds', args);
  return sendFunded(client, signer, { mpe, token, amount, call, ...common });
}
