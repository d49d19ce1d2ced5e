import type { ChainClient } from '../rpc/create-chain-client.ts';
import type { RequestOptions } from '../rpc/send-request.ts';
import { type ChainTransaction, getTransaction } from './get-transaction.ts';
import type { TransactionVersion } from './journal/journal-record.ts';

/** The versions of one transaction. */
export interface FindKnownVersionOptions extends RequestOptions {
  readonly versions: readonly TransactionVersion[];
}

/**
 * The newest version that the endpoint knows, waiting or mined.
 *
 * @throws BaseError `RPC_...`, `ABORTED`
 */
export async function findKnownVersion(
  client: ChainClient,
  { versions, signal }: FindKnownVersionOptions,
): Promise<ChainTransaction | undefined> {
  for (const { hash } of versions.toReversed()) {
    const found = await getTransaction(client, { hash, signal });
    if (found) return found;
  }
  return undefined;
}
