import type { Address } from '@snetkit/core';
import { multiPartyEscrow } from '../gen/multi-party-escrow.ts';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import type { Signer } from '../signers/signer.ts';
import { sendContractTransaction } from '../transactions/send-contract-transaction.ts';
import {
  pickTransactionOptions,
  type TransactionOptions,
  type TransactionResult,
} from '../transactions/transaction-options.ts';

/** How long which channel lives. */
export interface ExtendChannelOptions extends TransactionOptions {
  readonly mpe: Address;
  readonly channelId: bigint;
  /** Block number, not lower than now. */
  readonly expiration: bigint;
}

/**
 * Lets a channel of the signer expire later (`channelExtend`).
 *
 * @throws BaseError as {@link sendContractTransaction}
 */
export function extendChannel(
  client: ChainClient,
  signer: Signer,
  { mpe, channelId, expiration, ...options }: ExtendChannelOptions,
): Promise<TransactionResult> {
  return sendContractTransaction(client, signer, {
    address: mpe,
    call: multiPartyEscrow.write('channelExtend', [channelId, expiration]),
    ...pickTransactionOptions(options),
  });
}
