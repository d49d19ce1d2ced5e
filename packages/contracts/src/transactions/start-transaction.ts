import { BaseError, bytesToHex, type Hex, hexToBytes, keccak256 } from '@snetkit/core';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import type { RequestOptions } from '../rpc/send-request.ts';
import type { Signer } from '../signers/signer.ts';
import { type BroadcastResult, broadcast, isRejected } from './broadcast.ts';
import { closeGaps } from './close-gaps.ts';
import type { Fees } from './fees/fees.ts';
import { getTransactionCount } from './get-transaction-count.ts';
import { chooseNonce } from './journal/choose-nonce.ts';
import { findIntent } from './journal/find-intent.ts';
import type { Intent } from './journal/intent.ts';
import type { ChainAccount, JournalRecord } from './journal/journal-record.ts';
import { listRecords } from './journal/list-records.ts';
import { pruneRecords } from './journal/prune-records.ts';
import type { TransactionJournal } from './journal/transaction-journal.ts';
import { sendByWallet } from './send-by-wallet.ts';

/** What is signed and sent, and where that is written down. */
export interface StartTransactionOptions extends RequestOptions {
  readonly journal: TransactionJournal;
  readonly account: ChainAccount;
  readonly intent: Intent;
  readonly gas: bigint;
  readonly fees: Fees;
  /** Fees for now, when those given have become too low. */
  readonly refreshFees: () => Promise<Fees>;
  /** Milliseconds to wait for other transactions of the account. */
  readonly timeoutMs: number;
}

/** A transaction that the chain has, or may have. */
export interface StartedTransaction {
  readonly record: JournalRecord;
  /** Whether somebody had started it before. */
  readonly isResumed: boolean;
}

/** How often a nonce that somebody else took in between, or fees that fell behind, are replaced. */
const attempts = 3;

/**
 * Signs a transaction with the next nonce, writes it into the journal and hands it to the chain; one
 * after the other for each account, in all processes that share the journal.
 *
 * @throws BaseError `TRANSACTION_REJECTED`, `TRANSACTION_OUTCOME_UNKNOWN`, `TRANSACTION_KEY_REUSED`,
 * `TIMED_OUT`, `JOURNAL_...`, `RPC_...`, `ABORTED`; what the signer throws
 */
export async function startTransaction(
  client: ChainClient,
  signer: Signer,
  options: StartTransactionOptions,
): Promise<StartedTransaction> {
  const { journal, account, intent, timeoutMs, signal } = options;
  if (signer.sendTransaction !== undefined) return sendByWallet(client, signer, options);
  return journal.lock(account, { timeoutMs, signal }, async () => {
    // Somebody with the same key may have been quicker.
    const found = intent.isKeyed && (await findIntent(journal, { account, intent }));
    if (found) return { record: found, isResumed: true };
    await pruneRecords(journal, account);
    return { record: await signAndSend(client, signer, options), isResumed: false };
  });
}

async function signAndSend(
  client: ChainClient,
  signer: Signer,
  options: StartTransactionOptions,
): Promise<JournalRecord> {
  const { journal, account, intent, gas, refreshFees, signal } = options;
  const { address, chainId } = account;
  const { to, value, data } = intent;
  const id = crypto.randomUUID();
  const startedAt = Date.now();
  const occupied = new Set<number>();
  let { fees } = options;
  for (let attempt = 1; ; attempt++) {
    const pending = await getTransactionCount(client, { address, block: 'pending', signal });
    const records = await listRecords(journal, account);
    const freed = await closeGaps(client, { journal, records, pending, signal });
    const taken = [...records.flatMap((one) => one.nonce ?? []), ...occupied];
    // What waits behind a gap would never be mined.
    const [gap] = [...freed].filter((one) => !occupied.has(one)).toSorted((a, b) => a - b);
    const nonce = gap ?? chooseNonce(pending, taken);
    const raw = await signer.signTransaction(
      { chainId, nonce, gas, to, value, data, ...fees },
      { signal },
    );
    const hash = bytesToHex(keccak256(hexToBytes(raw)));
    const record: JournalRecord = {
      ...{ ...account, ...intent, id, gas, nonce, holder: journal.holder, startedAt },
      versions: [{ hash, raw, kind: 'original', fees, signedAt: Date.now() }],
      end: undefined,
    };
    // From here on the bytes may be on their way: they are written down first.
    await journal.update(account, id, () => ({ record, result: undefined }));
    const result = await handOver(client, { journal, record, raw, hash, nonce, signal });
    if (result === 'accepted') return record;
    // The chain does not have these bytes, and they are forgotten before others are signed.
    await journal.update(account, id, () => ({ record: null, result: undefined }));
    if (attempt === attempts) throw rejected(result, { nonce, address });
    if (result === 'underpriced') fees = await refreshFees();
    else occupied.add(nonce);
  }
}

interface HandOverOptions extends RequestOptions {
  readonly journal: TransactionJournal;
  readonly record: JournalRecord;
  readonly raw: Hex;
  readonly hash: Hex;
  readonly nonce: number;
}

/** Sends, and keeps in the journal what the chain may have. */
async function handOver(
  client: ChainClient,
  { journal, record, raw, hash, nonce, signal }: HandOverOptions,
): Promise<BroadcastResult> {
  const { address } = record;
  try {
    return await broadcast(client, { address, nonce, raw, hash, signal });
  } catch (error) {
    const change = isRejected(error) ? null : { ...record, holder: undefined };
    await journal.update(record, record.id, () => ({ record: change, result: undefined }));
    throw error;
  }
}

function rejected(
  result: BroadcastResult,
  { nonce, address }: { nonce: number; address: Hex },
): BaseError {
  if (result === 'underpriced') {
    const message = 'The transaction was rejected: its fees are too low.';
    return new BaseError('TRANSACTION_REJECTED', message, { hint: 'raise the limits of its fees' });
  }
  const message = 'The transaction was rejected: other transactions took its nonce.';
  return new BaseError('TRANSACTION_REJECTED', message, {
    found: `nonce ${nonce} of ${address}`,
    hint: 'do not send transactions of this account from several programs at once',
  });
}
