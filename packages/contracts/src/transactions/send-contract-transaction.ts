import { BaseError, type Hex } from '@snetkit/core';
import { type AddressedCall, encodeContractCall, nameCall } from '../rpc/contract-call.ts';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import type { Signer } from '../signers/signer.ts';
import { describeFailure } from './describe-failure.ts';
import { estimateGas } from './estimate-gas.ts';
import { parseFeePolicy } from './fees/fee-policy.ts';
import { getFees } from './fees/get-fees.ts';
import { type FollowedTransaction, followTransaction } from './follow-transaction.ts';
import { getChainAccount } from './get-chain-account.ts';
import { createIntent, type Intent } from './journal/intent.ts';
import type { ChainAccount } from './journal/journal-record.ts';
import type { TransactionJournal } from './journal/transaction-journal.ts';
import { withJournal } from './journal/with-journal.ts';
import { simulate } from './simulate.ts';
import { type StartedTransaction, startTransaction } from './start-transaction.ts';
import { takeUp } from './take-up.ts';
import type {
  TransactionOptions,
  TransactionReport,
  TransactionResult,
} from './transaction-options.ts';

/** A call that changes something. */
export interface SendContractTransactionOptions extends TransactionOptions, AddressedCall {
  /**
   * What has to be done first, an approval for example; not when the transaction has been signed
   * before.
   */
  readonly prepare?: (() => Promise<void>) | undefined;
}

/**
 * Calls a contract function in a transaction: simulates it first (so that what would revert is not
 * sent), signs, writes it into the journal, sends, waits until it is mined and checks that it
 * succeeded. Several transactions of one account may be sent at the same time; each gets a nonce of its
 * own. One that has been signed before, for the same key or by a process that has ended, is not signed
 * again but waited for.
 *
 * @throws BaseError `CONTRACT_REVERTED`, `CONTRACT_ARGUMENT_INVALID`, `FEE_ABOVE_LIMIT`,
 * `TRANSACTION_FAILED`, `TRANSACTION_CANCELLED`, `TRANSACTION_REPLACED`, `TRANSACTION_REJECTED`,
 * `TRANSACTION_OUTCOME_UNKNOWN`, `TRANSACTION_TIMED_OUT`, `TRANSACTION_KEY_REUSED`, `JOURNAL_...`,
 * `RPC_...`, `ABORTED`
 */
export async function sendContractTransaction(
  client: ChainClient,
  signer: Signer,
  options: SendContractTransactionOptions,
): Promise<TransactionResult> {
  const { address: to, call, key, timeoutMs = 180_000, signal } = options;
  const target = { address: to, call };
  const data = encodeContractCall(target);
  const purpose = `${call.contractName}.${call.functionName}`;
  const intent = createIntent(key, { purpose, to, value: 0n, data });
  return withJournal(client, options.journal, async (journal) => {
    const account = await getChainAccount(client, { address: signer.address, signal });
    const found = await takeUp(client, { journal, account, intent, signal });
    const started = found
      ? { record: found, isResumed: true }
      : await start(client, signer, { options, target, journal, account, intent, timeoutMs });

    const { record, isResumed } = started;
    const report = (): TransactionReport => ({
      ...{ purpose, address: account.address, nonce: record.nonce, isResumed },
    });
    const hash = record.versions.at(-1)?.hash;
    if (hash !== undefined) options.onSent?.(hash, report());
    const followed = await followTransaction(client, {
      ...{ journal, record, signer, timeoutMs, signal },
      policy: parseFeePolicy(options.fees),
      replacement: options.replacement ?? {},
      confirmations: options.confirmations,
      onReplaced: (version) => options.onReplaced?.(version, report()),
    });
    if (followed.kind !== 'mined') throw describeEnd(target, followed);
    options.onMined?.(followed.receipt, report());
    const { receipt } = followed;
    if (receipt.status === 'success') return { hash: followed.hash, receipt, isResumed };
    const from = account.address;
    const { gas } = record;
    throw await describeFailure(client, { target, data, from, gas, receipt, signal });
  });
}

interface StartOptions {
  readonly options: SendContractTransactionOptions;
  readonly target: AddressedCall;
  readonly journal: TransactionJournal;
  readonly account: ChainAccount;
  readonly intent: Intent;
  readonly timeoutMs: number;
}

async function start(
  client: ChainClient,
  signer: Signer,
  { options, target, journal, account, intent, timeoutMs }: StartOptions,
): Promise<StartedTransaction> {
  const { prepare, signal } = options;
  const { data } = intent;
  const from = account.address;
  const policy = parseFeePolicy(options.fees);
  await prepare?.();
  await simulate(client, { target, data, from, block: 'latest', signal });
  const gas = await estimateGas(client, { target, data, from, signal });
  const refreshFees = () => getFees(client, { policy, gas, signal });
  const fees = await refreshFees();
  return startTransaction(client, signer, {
    ...{ journal, account, intent, gas, fees, refreshFees, timeoutMs, signal },
  });
}

function describeEnd(target: AddressedCall, { kind, hash }: FollowedTransaction): BaseError {
  const place = nameCall(target);
  const found = `transaction ${hash satisfies Hex}`;
  if (kind === 'cancelled') {
    return new BaseError('TRANSACTION_CANCELLED', 'The transaction was cancelled.', {
      ...{ place, found },
    });
  }
  const message = 'Another transaction of the account took the nonce of this one.';
  return new BaseError('TRANSACTION_REPLACED', message, {
    ...{ place, found },
    hint: 'nothing was done; send it again if it is still wanted',
  });
}
