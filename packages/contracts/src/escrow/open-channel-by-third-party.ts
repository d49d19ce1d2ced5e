import type { Address } from '@snetkit/core';
import { multiPartyEscrow } from '../gen/multi-party-escrow.ts';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import type { Signer } from '../signers/signer.ts';
import { sendContractTransaction } from '../transactions/send-contract-transaction.ts';
import {
  pickTransactionOptions,
  type TransactionOptions,
} from '../transactions/transaction-options.ts';
import type { ChannelOpening } from './channel-opening.ts';
import type { OpenChannelResult } from './open-channel.ts';
import { readOpenedChannel } from './read-opened-channel.ts';
import { splitSignature } from './split-signature.ts';

/** The channel, and the consent of its sender. The opener is the account that signs the transaction. */
export interface OpenChannelByThirdPartyOptions
  extends TransactionOptions,
    Omit<ChannelOpening, 'opener'> {
  /** Owner of the channel. */
  readonly sender: Address;
  /** From `signChannelOpening`: 65 bytes `r||s||v`, v of 0, 1, 27 or 28. */
  readonly signature: Uint8Array;
}

/**
 * Opens a channel in the name of somebody else, with tokens that the opener has in the escrow
 * (`openChannelByThirdParty`).
 *
 * @throws BaseError `SIGNATURE_INVALID`, `EVENT_MISSING`; as {@link sendContractTransaction}
 */
export async function openChannelByThirdParty(
  client: ChainClient,
  opener: Signer,
  options: OpenChannelByThirdPartyOptions,
): Promise<OpenChannelResult> {
  const { mpe, sender, signer, recipient, groupId, amount, expiration, messageNonce } = options;
  const { v, r, s } = splitSignature(options.signature);
  const terms = [sender, signer, recipient, groupId, amount, expiration] as const;
  const result = await sendContractTransaction(client, opener, {
    address: mpe,
    call: multiPartyEscrow.write('openChannelByThirdParty', [...terms, messageNonce, v, r, s]),
    ...pickTransactionOptions(options),
  });
  const event = readOpenedChannel(result.receipt, mpe);
  return { ...result, channelId: event.channelId, event };
}
