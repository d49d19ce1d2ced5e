import { type Address, bytesToHex, type Hex, hexToBytes, keccak256 } from '@snetkit/core';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import type { RequestOptions } from '../rpc/send-request.ts';
import type { Signer } from '../signers/signer.ts';
import { broadcast, isRejected } from './broadcast.ts';
import type { FeePolicy } from './fees/fee-policy.ts';
import type { Fees } from './fees/fees.ts';
import { getFees } from './fees/get-fees.ts';
import { raiseFees } from './fees/raise-fees.ts';
import { getTransactionCount } from './get-transaction-count.ts';
import type { JournalRecord, TransactionVersion } from './journal/journal-record.ts';
import { addVersion, dropVersion } from './journal/settle.ts';
import type { TransactionJournal } from './journal/transaction-journal.ts';

/** Which transaction, by what, and at which price. */
export interface ReplaceTransactionOptions extends RequestOptions {
  readonly journal: TransactionJournal;
  readonly record: JournalRecord;
  readonly kind: 'speed-up' | 'cancel';
  readonly policy: FeePolicy;
  /** Only while this is the newest version: somebody else may have replaced it. */
  readonly replaces?: Hex | undefined;
  /** Milliseconds to wait for other transactions of the account. */
  readonly timeoutMs: number;
}

/** What became of it: a new version, or why there is none. */
export type ReplacedTransaction =
  | { readonly version: TransactionVersion; readonly reason?: undefined }
  | { readonly version?: undefined; readonly reason: 'ended' | 'limited' | 'overtaken' };

/** Gas of a transfer without data. */
const transferGas = 21_000n;

/** How often higher fees are tried when a node wants still higher ones. */
const attempts = 4;

/**
 * Signs a transaction anew with the same nonce and higher fees (or an empty one, to cancel it), writes
 * it into the journal and hands it to the chain.
 *
 * @throws BaseError `FEE_ABOVE_LIMIT`, `TRANSACTION_REJECTED`, `TRANSACTION_OUTCOME_UNKNOWN`,
 * `TIMED_OUT`, `JOURNAL_...`, `RPC_...`, `ABORTED`; what the signer throws
 */
export async function replaceTransaction(
  client: ChainClient,
  signer: Signer,
  options: ReplaceTransactionOptions,
): Promise<ReplacedTransaction> {
  const { journal, record: found, replaces, kind, timeoutMs, signal } = options;
  return journal.lock(found, { timeoutMs, signal }, async () => {
    const record = await journal.get(found, found.id);
    const last = record?.versions.at(-1);
    if (!record || !last || record.nonce === undefined || record.end) return { reason: 'ended' };
    if (replaces !== undefined && last.hash !== replaces) return { reason: 'overtaken' };
    const { address, nonce } = record;
    const count = await getTransactionCount(client, { address, block: 'latest', signal });
    if (count > nonce) return { reason: 'ended' };
    const content = kind === 'cancel' ? cancellation(address) : record;
    return outbid(client, signer, { ...options, record: { ...record, nonce }, content, last });
  });
}

interface Content {
  readonly to: Address;
  readonly value: bigint;
  readonly data: Hex;
  readonly gas: bigint;
}

function cancellation(address: Address): Content {
  return { to: address, value: 0n, data: '0x', gas: transferGas };
}

interface OutbidOptions extends ReplaceTransactionOptions {
  readonly record: JournalRecord & { readonly nonce: number };
  readonly content: Content;
  readonly last: TransactionVersion;
}

async function outbid(
  client: ChainClient,
  signer: Signer,
  options: OutbidOptions,
): Promise<ReplacedTransaction> {
  const { journal, record, content, last, kind, signal } = options;
  const { chainId, address, nonce } = record;
  const { to, value, data, gas } = content;
  // The fees keep their kind, and their limits count for the gas of the transaction itself.
  const policy = { ...options.policy, kind: last.fees.type };
  const market = await getFees(client, { policy, gas: record.gas, signal });
  let fees: Fees | undefined = last.fees;
  for (let attempt = 1; attempt <= attempts; attempt++) {
    fees = raiseFees(fees, { policy, gas: record.gas, market });
    if (fees === undefined) break;
    const unsigned = { chainId, nonce, gas, to, value, data, ...fees };
    const raw = await signer.signTransaction(unsigned, { signal });
    const hash = bytesToHex(keccak256(hexToBytes(raw)));
    const version = { hash, raw, kind, fees, signedAt: Date.now() };
    if (!(await addVersion(journal, record, version))) return { reason: 'ended' };
    const result = await broadcast(client, { address, nonce, raw, hash, signal }).catch(
      async (error: unknown) => {
        if (isRejected(error)) await dropVersion(journal, record, version);
        throw error;
      },
    );
    if (result === 'accepted') return { version };
    await dropVersion(journal, record, version);
    if (result === 'nonce-used') return { reason: 'ended' };
  }
  return { reason: 'limited' };
}
