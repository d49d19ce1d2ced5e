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
import { splitSignature } from './split-signature.ts';

/** What is claimed, and the payment that allows it. */
export interface Claim {
  readonly channelId: bigint;
  /** Cogs that the recipient takes, at most `signedAmount`; `signedAmount` when not given. */
  readonly actualAmount?: bigint | undefined;
  /** Cogs that the payer signed. */
  readonly signedAmount: bigint;
  /** Of the claim message with the channel's current nonce: 65 bytes `r||s||v`, v of 0, 1, 27 or 28. */
  readonly signature: Uint8Array;
  /** Sends the rest back to the sender and ends the channel; it stays open when not given. */
  readonly sendBack?: boolean | undefined;
}

/** A claim on a channel of this escrow. */
export interface ClaimChannelOptions extends Claim, TransactionOptions {
  readonly mpe: Address;
}

/**
 * Takes what was paid out of a channel, into the escrow balance of the recipient, who signs the
 * transaction (`channelClaim`). The nonce of the channel grows by one.
 *
 * @throws BaseError `SIGNATURE_INVALID`; as {@link sendContractTransaction}
 */
export async function claimChannel(
  client: ChainClient,
  signer: Signer,
  options: ClaimChannelOptions,
): Promise<TransactionResult> {
  const { mpe, channelId, signedAmount, actualAmount = signedAmount, sendBack = false } = options;
  const { v, r, s } = splitSignature(options.signature);
  const args = [channelId, actualAmount, signedAmount, v, r, s, sendBack] as const;
  return sendContractTransaction(client, signer, {
    address: mpe,
    call: multiPartyEscrow.write('channelClaim', args),
    ...pickTransactionOptions(options),
  });
}
