import { type Address, BaseError } from '@snetkit/core';
import { multiPartyEscrow } from '../gen/multi-party-escrow.ts';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import type { Signer } from '../signers/signer.ts';
import {
  pickTransactionOptions,
  type TransactionOptions,
} from '../transactions/transaction-options.ts';
import type { FundedResult } from './funded-result.ts';
import { getChannel } from './get-channel.ts';
import { sendFunded } from './send-funded.ts';

/** How much goes into which channel. */
export interface AddFundsOptions extends TransactionOptions {
  readonly mpe: Address;
  /** Token of the escrow: what the escrow balance lacks is deposited first. Without it nothing is. */
  readonly token?: Address | undefined;
  /** Must exist: the contract itself takes money for one that does not, and never gives it back. */
  readonly channelId: bigint;
  /** Cogs. */
  readonly amount: bigint;
}

/**
 * Moves tokens from the escrow balance of the signer into a channel, anybody's (`channelAddFunds`),
 * after a look whether there is such a channel, which the contract does not take.
 *
 * @throws BaseError `CHANNEL_UNKNOWN`; as `sendContractTransaction`
 */
export async function addFunds(
  client: ChainClient,
  signer: Signer,
  { mpe, token, channelId, amount, ...options }: AddFundsOptions,
): Promise<FundedResult> {
  const common = pickTransactionOptions(options);
  const { signal } = common;
  if ((await getChannel(client, { mpe, channelId, signal })) === undefined) {
    throw new BaseError('CHANNEL_UNKNOWN', 'Nobody has opened the channel; funds would be lost.', {
      place: `channel ${channelId} of ${mpe}`,
    });
  }
  const call = multiPartyEscrow.write('channelAddFunds', [channelId, amount]);
  return sendFunded(client, signer, { mpe, token, amount, call, ...common });
}
