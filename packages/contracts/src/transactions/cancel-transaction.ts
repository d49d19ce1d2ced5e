import type { ChainClient } from '../rpc/create-chain-client.ts';
import type { Signer } from '../signers/signer.ts';
import { type ReplaceOptions, type ReplaceResult, replaceWaiting } from './replace-waiting.ts';

/**
 * Replaces a transaction that waits by an empty transfer to oneself, with the same nonce and higher
 * fees, and waits until one of the two is mined: `kind` says which.
 *
 * @throws BaseError `TRANSACTION_NOT_REPLACEABLE`, `FEE_ABOVE_LIMIT`, `TRANSACTION_REJECTED`,
 * `TRANSACTION_OUTCOME_UNKNOWN`, `TRANSACTION_TIMED_OUT`, `JOURNAL_...`, `RPC_...`, `ABORTED`
 */
export async function cancelTransaction(
  client: ChainClient,
  signer: Signer,
  options: ReplaceOptions,
): Promise<ReplaceResult> {
  return replaceWaiting(client, signer, { ...options, kind: 'cancel' });
}
