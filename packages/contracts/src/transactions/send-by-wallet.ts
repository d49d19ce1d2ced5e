import { BaseError, type ErrorCode, type Hex } from '@snetkit/core';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import type { Signer, TransactionDraft } from '../signers/signer.ts';
import { getTransaction } from './get-transaction.ts';
import { findIntent } from './journal/find-intent.ts';
import type { JournalRecord } from './journal/journal-record.ts';
import { pruneRecords } from './journal/prune-records.ts';
import type { StartedTransaction, StartTransactionOptions } from './start-transaction.ts';

/** What a wallet answers when it has sent nothing for certain. */
const refusals: readonly ErrorCode[] = [
  'SIGNER_REFUSED',
  'SIGNER_UNAVAILABLE',
  'SIGNER_UNSUPPORTED',
  'WALLET_ACCOUNT_CHANGED',
  'WALLET_CHAIN_MISMATCH',
  'RPC_REFUSED',
];

/**
 * Lets a wallet choose the nonce, sign and send. What it sent is in the journal as soon as it tells
 * the hash; while it asks its owner, the journal knows that it was asked.
 *
 * @throws BaseError as `startTransaction`; what the wallet throws
 */
export async function sendByWallet(
  client: ChainClient,
  signer: Signer,
  options: StartTransactionOptions,
): Promise<StartedTransaction> {
  const { journal, account, intent, gas, fees, timeoutMs, signal } = options;
  const asked: JournalRecord = {
    ...{ ...account, ...intent, id: crypto.randomUUID(), gas, nonce: undefined },
    ...{ holder: journal.holder, startedAt: Date.now(), versions: [], end: undefined },
  };
  const found = await journal.lock(account, { timeoutMs, signal }, async () => {
    const found = intent.isKeyed && (await findIntent(journal, { account, intent }));
    if (found) return found;
    await pruneRecords(journal, account);
    await journal.update(account, asked.id, () => ({ record: asked, result: undefined }));
    return undefined;
  });
  if (found) return { record: found, isResumed: true };

  const { to, value, data } = intent;
  const draft: TransactionDraft = { chainId: account.chainId, to, value, data, gas, ...fees };
  const hash = await ask(signer, { options, draft, asked });
  const record: JournalRecord = {
    ...asked,
    versions: [{ hash, raw: undefined, kind: 'original', fees, signedAt: Date.now() }],
  };
  await journal.update(account, asked.id, () => ({ record, result: undefined }));
  // The nonce, and the fees that the wallet chose; when they are not known yet, they will be.
  const sent = await getTransaction(client, { hash, signal }).catch(() => undefined);
  if (sent === undefined) return { record, isResumed: false };
  const versions = record.versions.map((one) => ({ ...one, fees: sent.fees }));
  const complete = { ...record, nonce: sent.nonce, versions };
  await journal.update(account, asked.id, () => ({ record: complete, result: undefined }));
  return { record: complete, isResumed: false };
}

interface AskOptions {
  readonly options: StartTransactionOptions;
  readonly draft: TransactionDraft;
  readonly asked: JournalRecord;
}

async function ask(signer: Signer, { options, draft, asked }: AskOptions): Promise<Hex> {
  const { journal, account, signal } = options;
  try {
    return (await signer.sendTransaction?.(draft, { signal })) as Hex;
  } catch (error) {
    // Who gave up waiting does not know what the owner of the wallet does later. Without a key, the
    // owner decides about the next call, too.
    const isRefused = error instanceof BaseError && refusals.includes(error.code);
    const record = isRefused || !asked.isKeyed ? null : { ...asked, holder: undefined };
    await journal.update(account, asked.id, () => ({ record, result: undefined }));
    throw error;
  }
}
