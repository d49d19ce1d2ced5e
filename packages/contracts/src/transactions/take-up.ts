import type { ChainClient } from '../rpc/create-chain-client.ts';
import type { RequestOptions } from '../rpc/send-request.ts';
import { getReceipt } from './get-receipt.ts';
import { findIntent } from './journal/find-intent.ts';
import type { Intent } from './journal/intent.ts';
import type { ChainAccount, JournalRecord } from './journal/journal-record.ts';
import { settle } from './journal/settle.ts';
import type { TransactionJournal } from './journal/transaction-journal.ts';

/** What is wanted, by whom. */
export interface TakeUpOptions extends RequestOptions {
  readonly journal: TransactionJournal;
  readonly account: ChainAccount;
  readonly intent: Intent;
}

/** Who calls the same a day later means another one, unless the first still waits: milliseconds. */
const sameIntentMs = 24 * 3_600_000;

/**
 * The transaction that already serves an intent, if there is one; see `findIntent`. One without a key
 * that is mined and was started more than a day ago does not count.
 *
 * @throws BaseError `TRANSACTION_KEY_REUSED`, `TRANSACTION_OUTCOME_UNKNOWN`, `JOURNAL_...`, `RPC_...`,
 * `ABORTED`
 */
export async function takeUp(
  client: ChainClient,
  { journal, account, intent, signal }: TakeUpOptions,
): Promise<JournalRecord | undefined> {
  for (;;) {
    const found = await findIntent(journal, { account, intent });
    if (found === undefined || intent.isKeyed) return found;
    if (Date.now() - found.startedAt < sameIntentMs) return found;
    const mined = await findMined(client, { record: found, signal });
    if (mined === undefined) return found;
    const kind = mined.kind === 'cancel' ? 'cancelled' : 'mined';
    await settle(journal, found, { kind, hash: mined.hash });
  }
}

async function findMined(
  client: ChainClient,
  { record, signal }: RequestOptions & { readonly record: JournalRecord },
) {
  for (const version of record.versions) {
    if (await getReceipt(client, { hash: version.hash, signal })) return version;
  }
  return undefined;
}
