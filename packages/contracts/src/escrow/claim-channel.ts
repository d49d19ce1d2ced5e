import { type Address, bytesToHex, parseSignature } from '@snetkit/core';
import { multiPartyEscrow } from '../gen/multi-party-escrow.ts';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import type { Signer } from '../signers/signer.ts';
import { sendContractTransaction } from '../transactions/send-contract-transaction.ts';
import {
  pickTransactionOptions,
  type TransactionOptions,
  type TransactionResult,
} from '../transactions/transaction-options.ts';

/** What is claimed, and the payment that allows it. */
export interface ClaimChannelOptions extends TransactionOptions {
  readonly mpe: Address;
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
  const { compact, recoveryId } = parseSignature(options.signature);
  const [r, s] = [bytesToHex(compact.subarray(0, 32)), bytesToHex(compact.subarray(32))];
  // The contract takes 27 and 28 only.
  const args = [channelId, actualAmount, signedAmount, 27 + recoveryId, r, s, sendBack] as const;
  return sendContractTransaction(client, signer, {
    address: mpe,
    call: multiPartyEscrow.write('channelClaim', args),
    ...pickTransactionOptions(options),
  });
}
