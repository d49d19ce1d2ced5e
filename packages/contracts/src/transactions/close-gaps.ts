import type { ChainClient } from '../rpc/create-chain-client.ts';
import type { RequestOptions } from '../rpc/send-request.ts';
import { broadcast, isRejected } from './broadcast.ts';
import { findKnownVersion } from './find-known-version.ts';
import type { JournalRecord } from './journal/journal-record.ts';
import { isAbandoned } from './journal/list-records.ts';
import type { TransactionJournal } from './journal/transaction-journal.ts';

/** The transactions of an account, and how many of them the chain counts. */
export interface CloseGapsOptions extends RequestOptions {
  readonly journal: TransactionJournal;
  readonly records: readonly JournalRecord[];
  readonly pending: number;
}

/**
 * Sends again what nobody waits for and the chain has lost, because what comes after it would never
 * be mined. Returns the nonces of those that the chain does not take any more: another transaction may
 * have them.
 *
 * @throws BaseError `TRANSACTION_OUTCOME_UNKNOWN`, `RPC_...`, `ABORTED`
 */
export async function closeGaps(
  client: ChainClient,
  { journal, records, pending, signal }: CloseGapsOptions,
): Promise<ReadonlySet<number>> {
  const freed = new Set<number>();
  for (const record of records) {
    const { nonce, address, versions } = record;
    const [last] = versions.slice(-1);
    if (nonce === undefined || nonce < pending || record.end !== undefined) continue;
    if (last?.raw === undefined || !isAbandoned(journal, record)) continue;
    if (await findKnownVersion(client, { versions, signal })) continue;
    const { raw, hash } = last;
    const result = await broadcast(client, { address, nonce, raw, hash, signal }).catch(
      (error: unknown) => {
        if (isRejected(error)) return 'rejected';
        throw error;
      },
    );
    if (result === 'rejected' || result === 'underpriced') freed.add(nonce);
  }
  return freed;
}
