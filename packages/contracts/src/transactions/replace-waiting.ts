import { type Address, BaseError, type Hex, sameAddress } from '@snetkit/core';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import type { Signer } from '../signers/signer.ts';
import { type FeeKind, type FeePolicy, parseFeePolicy } from './fees/fee-policy.ts';
import { type FollowedTransaction, followTransaction } from './follow-transaction.ts';
import { getChainAccount } from './get-chain-account.ts';
import { getProvenTransaction } from './get-proven-transaction.ts';
import type { ChainAccount, JournalRecord, TransactionVersion } from './journal/journal-record.ts';
import { listRecords } from './journal/list-records.ts';
import { release } from './journal/settle.ts';
import type { TransactionJournal } from './journal/transaction-journal.ts';
import { withJournal } from './journal/with-journal.ts';
import { replaceTransaction } from './replace-transaction.ts';
import type { TransactionOptions, TransactionReport } from './transaction-options.ts';

/** Which transaction, and what may be paid to replace it. */
export interface ReplaceOptions extends Omit<TransactionOptions, 'key' | 'fees'> {
  /** Of any of its versions. */
  readonly hash: Hex;
  /** Limits; the kind stays that of the transaction. */
  readonly fees?: FeeKind | FeePolicy | undefined;
}

/** Which version of a transaction was mined. */
export interface ReplaceResult extends FollowedTransaction {
  /** The version that this call sent; another one may have been quicker. */
  readonly version: TransactionVersion;
}

/**
 * Replaces a transaction that waits and waits until one of its versions is mined. It need not be in
 * the journal, but it must be the signer's own.
 *
 * @throws BaseError `TRANSACTION_NOT_REPLACEABLE`, `FEE_ABOVE_LIMIT`, `TRANSACTION_REJECTED`,
 * `TRANSACTION_OUTCOME_UNKNOWN`, `TRANSACTION_TIMED_OUT`, `JOURNAL_...`, `RPC_...` (also for an endpoint
 * that tells another transaction than the one with the hash), `ABORTED`
 */
export async function replaceWaiting(
  client: ChainClient,
  signer: Signer,
  { kind, ...options }: ReplaceOptions & { readonly kind: 'speed-up' | 'cancel' },
): Promise<ReplaceResult> {
  const { hash, timeoutMs = 180_000, signal } = options;
  if (signer.sendTransaction !== undefined) {
    throw refuse(hash, 'a wallet, which replaces transactions itself');
  }
  const policy = parseFeePolicy(options.fees);
  return withJournal(client, options.journal, async (journal) => {
    const account = await getChainAccount(client, { address: signer.address, signal });
    const known = await findRecord(journal, { account, hash });
    const record = known ?? (await importRecord(client, { journal, account, hash, signal }));
    const replaced = await replaceTransaction(client, signer, {
      ...{ journal, record, kind, policy, timeoutMs, signal },
    }).catch(async (error: unknown) => {
      if (!known) await release(journal, record);
      throw error;
    });
    const { version } = replaced;
    if (version === undefined && !known) await forget(journal, record);
    if (version === undefined) {
      throw refuse(
        hash,
        replaced.reason === 'limited' ? 'fees at their limit already' : 'one that has ended',
      );
    }
    const { purpose, nonce } = record;
    const { address } = account;
    const report: TransactionReport = { purpose, address, nonce, isResumed: false };
    options.onSent?.(version.hash, report);
    const followed = await followTransaction(client, {
      ...{ journal, record, signer, policy, timeoutMs, signal },
      replacement: options.replacement ?? {},
      confirmations: options.confirmations,
      onReplaced: (next) => options.onReplaced?.(next, report),
      isHolder: !known,
    });
    if (followed.kind !== 'superseded') options.onMined?.(followed.receipt, report);
    return { ...followed, version };
  });
}

interface ImportRecordOptions {
  readonly journal: TransactionJournal;
  readonly account: ChainAccount;
  readonly hash: Hex;
  readonly signal: AbortSignal | undefined;
}

async function findRecord(
  journal: TransactionJournal,
  { account, hash }: Pick<ImportRecordOptions, 'account' | 'hash'>,
): Promise<JournalRecord | undefined> {
  const records = await listRecords(journal, account);
  return records.find(({ versions }) => versions.some((one) => isSame(one.hash, hash)));
}

/** A transaction that another program sent, or this one without this journal. */
async function importRecord(
  client: ChainClient,
  { journal, account, hash, signal }: ImportRecordOptions,
): Promise<JournalRecord> {
  const sent = await getProvenTransaction(client, { hash, signal });
  if (sent === undefined) throw refuse(hash, 'one that neither journal nor chain know');
  if (!sameAddress(sent.from, account.address)) {
    throw refuse(hash, `one of the account ${sent.from satisfies Address}`);
  }
  if (sent.isMined) throw refuse(hash, 'one that is mined');
  const { to, value, data, gas, nonce, fees } = sent;
  const now = Date.now();
  const record: JournalRecord = {
    ...{ ...account, to, value, data, gas, nonce, startedAt: now, end: undefined },
    ...{ id: crypto.randomUUID(), key: hash, isKeyed: false, holder: journal.holder },
    purpose: 'a transaction of another program',
    versions: [{ hash, raw: undefined, kind: 'original', fees, signedAt: now }],
  };
  await journal.update(account, record.id, () => ({ record, result: undefined }));
  return record;
}

async function forget(journal: TransactionJournal, { id, ...account }: JournalRecord) {
  await journal.update(account, id, () => ({ record: null, result: undefined }));
}

function isSame(one: Hex, other: Hex): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function refuse(hash: Hex, found: string): BaseError {
  return new BaseError('TRANSACTION_NOT_REPLACEABLE', 'The transaction cannot be replaced.', {
    place: `transaction ${hash}`,
    expected: 'one that waits',
    found,
  });
}
