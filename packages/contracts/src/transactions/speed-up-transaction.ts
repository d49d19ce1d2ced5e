import type { ChainClient } from '../rpc/create-chain-client.ts';
import type { Signer } from '../signers/signer.ts';
import { type ReplaceOptions, type ReplaceResult, replaceWaiting } from './replace-waiting.ts';

/**
 * Sends a transaction that waits once more, with the same nonce and higher fees (an eighth more, or
 * what the chain asks now), and waits until one of its versions is mined.
 *
 * @throws BaseError `TRANSACTION_NOT_REPLACEABLE`, `FEE_ABOVE_LIMIT`, `TRANSACTION_REJECTED`,
 * `TRANSACTION_OUTCOME_UNKNOWN`, `TRANSACTION_TIMED_OUT`, `JOURNAL_...`, `RPC_...`, `ABORTED`
 */
export async function speedUpTransaction(
  client: ChainClient,
  signer: Signer,
  options: ReplaceOptions,
): Promise<ReplaceResult> {
  return replaceWaiting(client, signer, { ...options, kind: 'speed-up' });
}
