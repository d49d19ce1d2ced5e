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

/** Which channel. */
export interface ClaimTimeoutOptions extends TransactionOptions {
  readonly mpe: Address;
  readonly channelId: bigint;
  /** Asked first, unless the transaction has been signed before; what it throws ends everything. */
  readonly prepare?: (() => Promise<void>) | undefined;
}

/**
 * Takes what is left in an expired channel of the signer back into the escrow balance
 * (`channelClaimTimeout`).
 *
 * @throws BaseError as {@link sendContractTransaction}
 */
export function claimTimeout(
  client: ChainClient,
  signer: Signer,
  { mpe, channelId, prepare, ...options }: ClaimTimeoutOptions,
): Promise<TransactionResult> {
  return sendContractTransaction(client, signer, {
    address: mpe,
    call: multiPartyEscrow.write('channelClaimTimeout', [channelId]),
    ...pickTransactionOptions(options),
    prepare,
  });
}
