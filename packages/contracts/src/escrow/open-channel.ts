import type { Address, Hex } from '@snetkit/core';
import type { ChannelOpenEvent } from '../events/escrow-event.ts';
import { multiPartyEscrow } from '../gen/multi-party-escrow.ts';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import type { Signer } from '../signers/signer.ts';
import { sendContractTransaction } from '../transactions/send-contract-transaction.ts';
import {
  pickTransactionOptions,
  type TransactionOptions,
  type TransactionResult,
} from '../transactions/transaction-options.ts';
import { readOpenedChannel } from './read-opened-channel.ts';

/** The channel that is opened; its sender is the account that signs the transaction. */
export interface OpenChannelOptions extends TransactionOptions {
  readonly mpe: Address;
  /** May sign payments; the sender when not given. */
  readonly signer?: Address | undefined;
  readonly recipient: Address;
  /** 32 bytes. */
  readonly groupId: Hex;
  /** Cogs. */
  readonly amount: bigint;
  /** Block number. */
  readonly expiration: bigint;
}

/** A new channel. */
export interface OpenChannelResult extends TransactionResult {
  readonly channelId: bigint;
  /** What the escrow reported. */
  readonly event: ChannelOpenEvent;
}

/**
 * Opens a channel with tokens that are in the escrow already (`openChannel`).
 *
 * @throws BaseError `EVENT_MISSING`; as {@link sendContractTransaction}
 */
export async function openChannel(
  client: ChainClient,
  account: Signer,
  options: OpenChannelOptions,
): Promise<OpenChannelResult> {
  const { mpe, signer = account.address, recipient, groupId, amount, expiration } = options;
  const args = [signer, recipient, groupId, amount, expiration] as const;
  const result = await sendContractTransaction(client, account, {
    address: mpe,
    call: multiPartyEscrow.write('openChannel', args),
    ...pickTransactionOptions(options),
  });
  const event = readOpenedChannel(result.receipt, mpe);
  return { ...result, channelId: event.channelId, event };
}
