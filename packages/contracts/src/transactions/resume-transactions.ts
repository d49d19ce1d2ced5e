import { type Address, BaseError } from '@snetkit/core';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import type { Signer } from '../signers/signer.ts';
import { parseFeePolicy } from './fees/fee-policy.ts';
import { type FollowedTransaction, followTransaction } from './follow-transaction.ts';
import { claimRecord } from './journal/claim-record.ts';
import type { JournalRecord } from './journal/journal-record.ts';
import type { TransactionJournal } from './journal/transaction-journal.ts';
import { listPendingTransactions } from './list-pending-transactions.ts';
import { sendOnce } from './send-once.ts';
import type { TransactionOptions, TransactionReport } from './transaction-options.ts';

/** Whose transactions, and how they are waited for. */
export interface ResumeTransactionsOptions extends Omit<TransactionOptions, 'key'> {
  readonly journal: TransactionJournal;
  readonly address: Address;
  /** Signs replacements of what is underpriced; without it nothing is replaced. */
  readonly signer?: Signer | undefined;
  /** Only these; all when not given. */
  readonly filter?: ((record: JournalRecord) => boolean) | undefined;
}

/** What became of one transaction. */
export interface ResumedTransaction {
  readonly record: JournalRecord;
  /** How it ended; look at the status of the receipt, too. */
  readonly ended?: FollowedTransaction | undefined;
  /** Why that is not known. */
  readonly error?: BaseError | undefined;
}

/**
 * Takes up the transactions of an account that nobody waits for any more, because their process has
 * ended or their caller gave up: sends the same bytes again where the chain has lost them, and waits
 * until each has ended. Signs nothing, unless a `signer` may replace what is underpriced.
 *
 * @throws BaseError `JOURNAL_...`, `RPC_...`, `ABORTED`
 */
export async function resumeTransactions(
  client: ChainClient,
  options: ResumeTransactionsOptions,
): Promise<readonly ResumedTransaction[]> {
  const { journal, filter = () => true } = options;
  const pending = await listPendingTransactions(client, options);
  const mine: JournalRecord[] = [];
  for (const { record } of pending) {
    // What a wallet was asked and never answered cannot be found out.
    if (record.versions.length === 0 || !filter(record)) continue;
    if (await claimRecord(journal, record)) mine.push(record);
  }
  // In the order of nonces, so that none waits for one that the chain has lost.
  for (const record of mine.toSorted((a, b) => (a.nonce ?? 0) - (b.nonce ?? 0))) {
    await sendOnce(client, { record, signal: options.signal });
  }
  return Promise.all(mine.map((record) => resume(client, { ...options, record })));
}

async function resume(
  client: ChainClient,
  options: ResumeTransactionsOptions & { readonly record: JournalRecord },
): Promise<ResumedTransaction> {
  const { journal, record, signer, timeoutMs = 180_000, signal } = options;
  const { purpose, address, nonce } = record;
  const report: TransactionReport = { purpose, address, nonce, isResumed: true };
  try {
    const hash = record.versions.at(-1)?.hash;
    if (hash !== undefined) options.onSent?.(hash, report);
    const ended = await followTransaction(client, {
      ...{ journal, record, signer, timeoutMs, signal },
      policy: parseFeePolicy(options.fees),
      replacement: options.replacement ?? {},
      confirmations: options.confirmations,
      onReplaced: (version) => options.onReplaced?.(version, report),
    });
    if (ended.kind === 'mined') options.onMined?.(ended.receipt, report);
    return { record, ended };
  } catch (error) {
    return { record, error: BaseError.from(error) };
  }
}
