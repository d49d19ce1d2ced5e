import type { Address } from '@snetkit/core';
import { multiPartyEscrow } from '../gen/multi-party-escrow.ts';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import type { Signer } from '../signers/signer.ts';
import { approveMissing } from '../token/approve-missing.ts';
import { inTurn } from '../transactions/in-turn.ts';
import { sendContractTransaction } from '../transactions/send-contract-transaction.ts';
import {
  pickTransactionOptions,
  type TransactionResult,
} from '../transactions/transaction-options.ts';
import type { OpenChannelOptions, OpenChannelResult } from './open-channel.ts';
import { readOpenedChannel } from './read-opened-channel.ts';

/** The channel that is opened, and where its money comes from. */
export interface DepositAndOpenChannelOptions extends OpenChannelOptions {
  /** Token of the escrow; it is asked to allow the deposit. */
  readonly token: Address;
}

/** A new channel, and the approval that its deposit needed. */
export interface DepositAndOpenChannelResult extends OpenChannelResult {
  /** Undefined when the escrow was allowed to take the tokens already, or when an earlier call asked. */
  readonly approval: TransactionResult | undefined;
}

/**
 * Opens a channel with tokens from outside the escrow, in one transaction (`depositAndOpenChannel`),
 * after an approval of exactly that amount when one is needed.
 *
 * @throws BaseError `EVENT_MISSING`; as {@link sendContractTransaction}
 */
export async function depositAndOpenChannel(
  client: ChainClient,
  account: Signer,
  options: DepositAndOpenChannelOptions,
): Promise<DepositAndOpenChannelResult> {
  const { mpe, token, signer = account.address, recipient, groupId, amount, expiration } = options;
  const common = pickTransactionOptions(options);
  const args = [signer, recipient, groupId, amount, expiration] as const;
  const name = `allowance of ${account.address} for ${mpe} in ${token}`;
  return inTurn(client, { name, ...common }, async () => {
    let approval: TransactionResult | undefined;
    const result = await sendContractTransaction(client, account, {
      ...{ address: mpe, call: multiPartyEscrow.write('depositAndOpenChannel', args), ...common },
      async prepare() {
        approval = await approveMissing(client, account, {
          ...{ token, spender: mpe, amount, ...common },
        });
      },
    });
    const event = readOpenedChannel(result.receipt, mpe);
    return { ...result, channelId: event.channelId, event, approval };
  });
}
