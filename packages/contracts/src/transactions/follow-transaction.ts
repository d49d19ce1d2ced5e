import { BaseError, type Hex, sameAddress } from '@snetkit/core';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import { parseQuantity } from '../rpc/quantity.ts';
import { type RequestOptions, sendRequest } from '../rpc/send-request.ts';
import type { Signer } from '../signers/signer.ts';
import type { FeePolicy } from './fees/fee-policy.ts';
import {
  isUnderpriced,
  limitReplacement,
  type ReplacementPolicy,
} from './fees/replacement-policy.ts';
import { findKnownVersion } from './find-known-version.ts';
import { findNonceTaker } from './find-nonce-taker.ts';
import { getConfirmedReceipt } from './get-confirmed-receipt.ts';
import type { ChainTransaction } from './get-transaction.ts';
import { getTransactionCount } from './get-transaction-count.ts';
import { isSameCall } from './journal/intent.ts';
import type {
  JournalRecord,
  TransactionEnd,
  TransactionVersion,
} from './journal/journal-record.ts';
import { addVersion, release, settle } from './journal/settle.ts';
import type { TransactionJournal } from './journal/transaction-journal.ts';
import { poll } from './poll.ts';
import type { TransactionReceipt } from './receipt.ts';
import { replaceTransaction } from './replace-transaction.ts';
import { sendOnce } from './send-once.ts';

/** What is followed, and how far. */
export interface FollowTransactionOptions extends RequestOptions {
  readonly journal: TransactionJournal;
  readonly record: JournalRecord;
  /** Signs replacements; without it nothing is replaced. */
  readonly signer?: Signer | undefined;
  readonly policy: FeePolicy;
  readonly replacement: ReplacementPolicy | 'never';
  readonly confirmations: number | undefined;
  /** Milliseconds. */
  readonly timeoutMs: number;
  readonly onReplaced: (version: TransactionVersion) => void;
  /** Whether the one who waits here is the one that the journal names; true when not given. */
  readonly isHolder?: boolean | undefined;
}

/** How a transaction ended; the receipt is that of whichever transaction has the nonce. */
export interface FollowedTransaction extends TransactionEnd {
  readonly receipt: TransactionReceipt;
}

/** Milliseconds between two questions from which on more is asked than whether it is mined. */
const carefulPause = 150;

/**
 * Waits until a transaction has ended: any version of it counts, whoever sent it. What the chain has
 * lost is sent again, what is underpriced is replaced. Notes the end in the journal.
 *
 * @throws BaseError `TRANSACTION_TIMED_OUT`, `ABORTED`, `JOURNAL_...`; what the signer throws
 */
export async function followTransaction(
  client: ChainClient,
  options: FollowTransactionOptions,
): Promise<FollowedTransaction> {
  const { journal, timeoutMs, signal, isHolder = true } = options;
  const follower: Follower = { ...options, lastBlock: undefined, versionBlock: undefined };
  try {
    const followed = await poll((pause) => look(client, follower, pause), {
      hash: () => follower.record.versions.at(-1)?.hash,
      timeoutMs,
      signal,
    });
    const { kind, hash } = followed;
    // What has ended has ended: a journal that fails now must not make anybody send it again.
    await settle(journal, follower.record, { kind, hash }).catch(() => {});
    return followed;
  } catch (error) {
    if (isHolder) await release(journal, follower.record).catch(() => {});
    throw error;
  }
}

/** What one wait knows beyond its options. */
interface Follower extends Omit<FollowTransactionOptions, 'record'> {
  record: JournalRecord;
  /** Latest block for which everything was asked. */
  lastBlock: bigint | undefined;
  /** Latest block when the newest version was first seen waiting, and which version that was. */
  versionBlock: { readonly hash: Hex; readonly block: bigint } | undefined;
}

async function look(
  client: ChainClient,
  follower: Follower,
  pause: number,
): Promise<FollowedTransaction | undefined> {
  const { journal, confirmations, signal } = follower;
  // Others may have replaced it: another process, or a call in this one.
  const stored = await journal.get(follower.record, follower.record.id);
  if (stored) follower.record = stored;
  const { versions } = follower.record;
  if (!stored && versions.length === 0) {
    throw new BaseError('TRANSACTION_REJECTED', 'The wallet did not send the transaction.');
  }
  for (const { hash, kind } of versions.toReversed()) {
    const found = await getConfirmedReceipt(client, { hash, confirmations, signal });
    if (!found) continue;
    const { receipt, isConfirmed } = found;
    const ended = { kind: kind === 'cancel' ? 'cancelled' : 'mined', hash, receipt } as const;
    return isConfirmed ? ended : undefined;
  }
  return pause < carefulPause ? undefined : tend(client, follower);
}

/** Once for each block: does what a transaction needs that is not mined. */
async function tend(
  client: ChainClient,
  follower: Follower,
): Promise<FollowedTransaction | undefined> {
  const { signal } = follower;
  const head = await getHead(client, { signal });
  if (follower.lastBlock === head.number) return undefined;
  const nonce = follower.record.nonce ?? (await learnNonce(client, follower));
  if (nonce === undefined) return undefined;
  const { address } = follower.record;
  const count = await getTransactionCount(client, { address, block: 'latest', signal });
  if (count > nonce) return judgeTaker(client, follower, nonce);
  // What could not be sent is tried again at once, not with the next block.
  const isSent = await sendOnce(client, { record: follower.record, signal });
  if (isSent) follower.lastBlock = head.number;
  // What waits for an earlier transaction is not underpriced.
  if (count === nonce) await replace(client, follower, head);
  return undefined;
}

interface Head {
  readonly number: bigint;
  readonly baseFee: bigint | undefined;
}

async function getHead(client: ChainClient, options: RequestOptions): Promise<Head> {
  const request = { method: 'eth_getBlockByNumber', params: ['latest', false] };
  const block = (await sendRequest(client, request, options)) as Record<string, unknown> | null;
  const baseFee = block?.['baseFeePerGas'] ?? undefined;
  return {
    number: parseQuantity(block?.['number'], 'the latest block'),
    baseFee: baseFee === undefined ? undefined : parseQuantity(baseFee, 'baseFeePerGas'),
  };
}

/** A wallet told only the hash. */
async function learnNonce(client: ChainClient, follower: Follower): Promise<number | undefined> {
  const { journal, record, signal } = follower;
  const known = await findKnownVersion(client, { versions: record.versions, signal });
  if (known === undefined) return undefined;
  const { nonce } = known;
  await journal.update(record, record.id, (one) => ({
    ...(one && { record: { ...one, nonce } }),
    result: undefined,
  }));
  return nonce;
}

/** The nonce is used up: by a version that somebody else signed, or for another purpose. */
async function judgeTaker(
  client: ChainClient,
  follower: Follower,
  nonce: number,
): Promise<FollowedTransaction | undefined> {
  const { journal, record, confirmations, signal, onReplaced } = follower;
  const { address } = record;
  const taker = await findNonceTaker(client, { address, nonce, signal });
  if (taker === undefined) return undefined;
  const { hash, fees } = taker;
  // Its receipt comes with the next question.
  if (record.versions.some((one) => one.hash.toLowerCase() === hash.toLowerCase()))
    return undefined;
  if (isSameCall(taker, record)) {
    // Sped up elsewhere, in a wallet for example.
    const version = { hash, raw: undefined, kind: 'speed-up', fees, signedAt: Date.now() } as const;
    const added = await addVersion(journal, record, version);
    if (added) onReplaced(version);
    // Another wait may have ended already, and taken the record out of the journal.
    follower.record = added ?? { ...record, versions: [...record.versions, version] };
    return undefined;
  }
  const found = await getConfirmedReceipt(client, { hash, confirmations, signal });
  if (!found?.isConfirmed) return undefined;
  const kind = isCancellation(taker) ? 'cancelled' : 'superseded';
  return { kind, hash, receipt: found.receipt };
}

function isCancellation({ from, to, value, data }: ChainTransaction): boolean {
  return sameAddress(from, to) && value === 0n && data === '0x';
}

async function replace(client: ChainClient, follower: Follower, head: Head): Promise<void> {
  const { journal, record, signer, policy, replacement, timeoutMs, signal } = follower;
  const [first, last] = [record.versions[0], record.versions.at(-1)];
  if (!first || !last || replacement === 'never') return;
  if (signer === undefined || signer.sendTransaction !== undefined) return;
  if (follower.versionBlock?.hash !== last.hash) {
    follower.versionBlock = { hash: last.hash, block: head.number };
  }
  const blocks = head.number - follower.versionBlock.block;
  if (!isUnderpriced(replacement, { fees: last.fees, baseFee: head.baseFee, blocks })) return;
  // Waits as long again before the next attempt, whatever comes of this one.
  follower.versionBlock = { hash: last.hash, block: head.number };
  const { version } = await replaceTransaction(client, signer, {
    ...{ journal, record, timeoutMs, signal },
    kind: last.kind === 'cancel' ? 'cancel' : 'speed-up',
    policy: limitReplacement(policy, first.fees),
    replaces: last.hash,
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    // Nobody asked for it, and what waits may still be mined as it is.
    return { version: undefined };
  });
  if (version) follower.onReplaced(version);
}
