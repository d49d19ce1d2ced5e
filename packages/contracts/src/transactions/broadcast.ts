import { type Address, BaseError, formatAmount, type Hex } from '@snetkit/core';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import { parseQuantity } from '../rpc/quantity.ts';
import { RpcRefusal } from '../rpc/rpc-refusal.ts';
import { type RequestOptions, sendRequest } from '../rpc/send-request.ts';
import { delay } from './delay.ts';
import { findNonceTaker } from './find-nonce-taker.ts';
import { getTransaction } from './get-transaction.ts';

/** A signed transaction. */
export interface BroadcastOptions extends RequestOptions {
  readonly address: Address;
  readonly nonce: number;
  readonly raw: Hex;
  /** keccak256 of `raw`. */
  readonly hash: Hex;
  /** Whether the chain may have the bytes already; false when not given. */
  readonly wasSent?: boolean | undefined;
}

/**
 * What became of the bytes. All but `accepted` say that the chain does not have them:
 * `nonce-used` by a mined transaction, `nonce-waiting` with another one that pays as much,
 * `underpriced` for the chain as it is now.
 */
export type BroadcastResult = 'accepted' | 'nonce-used' | 'nonce-waiting' | 'underpriced';

/** A network failure leaves it open whether the chain has the transaction: ask again so often. */
const attempts = 3;

/** Nodes have no common error codes; these are their words. */
const words = {
  known: /already ?(?:known|imported|exists)|known transaction/i,
  used: /nonce (?:is )?too low|nonceTooLow|old ?nonce/i,
  waiting: /replacement|underpriced to replace/i,
  underpriced:
    /underpriced|fee ?too ?low|(?:less than|below).{0,20}base ?fee|gas price.{0,10}too low/i,
  poor: /insufficient (?:funds|balance)/i,
};

const ether = { symbol: 'ETH', decimals: 18 };

/** JSON-RPC's code for trouble inside the endpoint, which says nothing about the transaction. */
const internalError = -32603;

/**
 * Hands a signed transaction to the chain. Sending the same bytes again is harmless, so that a lost
 * answer is no lost transaction; an answer that says no is believed only when the chain does not know
 * the transaction.
 *
 * @throws BaseError `TRANSACTION_REJECTED`, or `FUNDS_MISSING`, when the chain does not have it for
 * certain, `TRANSACTION_OUTCOME_UNKNOWN`, `ABORTED`
 */
export async function broadcast(
  client: ChainClient,
  options: BroadcastOptions,
): Promise<BroadcastResult> {
  const { raw, hash, signal } = options;
  let { wasSent = false } = options;
  for (let attempt = 1; ; attempt++) {
    try {
      await sendRequest(client, { method: 'eth_sendRawTransaction', params: [raw] }, { signal });
      return 'accepted';
    } catch (error) {
      if (error instanceof RpcRefusal) {
        const result = await judgeRefusal(client, error, { ...options, wasSent });
        if (result !== undefined) return result;
      }
      if (error instanceof BaseError && error.code === 'ABORTED') throw aborted(hash);
      wasSent = true;
      if (attempt === attempts) throw unknown(hash, error);
      await delay(250 * attempt, signal);
    }
  }
}

/** Whether {@link broadcast} failed because the chain took nothing, for certain. */
export function isRejected(error: unknown): error is BaseError {
  if (!(error instanceof BaseError)) return false;
  return error.code === 'TRANSACTION_REJECTED' || error.code === 'FUNDS_MISSING';
}

/** What a refusal means; undefined when it is worth another attempt. */
async function judgeRefusal(
  client: ChainClient,
  refusal: RpcRefusal,
  options: BroadcastOptions & { readonly wasSent: boolean },
): Promise<BroadcastResult | undefined> {
  const { hash, wasSent, signal } = options;
  const text = refusal.rpcMessage;
  if (words.known.test(text)) return 'accepted';
  const known = await ask(() => getTransaction(client, { hash, signal }), hash);
  if (known !== undefined) return 'accepted';
  if (words.used.test(text)) {
    if (!wasSent) return 'nonce-used';
    const taker = await ask(() => findNonceTaker(client, options), hash);
    if (taker === undefined) throw unknown(hash, refusal);
    return taker.hash.toLowerCase() === hash.toLowerCase() ? 'accepted' : 'nonce-used';
  }
  const [isWaiting, isUnderpriced] = [words.waiting.test(text), words.underpriced.test(text)];
  if (refusal.rpcCode === internalError && !isWaiting && !isUnderpriced) return undefined;
  if (wasSent) throw unknown(hash, refusal);
  if (isWaiting) return 'nonce-waiting';
  if (isUnderpriced) return 'underpriced';
  if (words.poor.test(text)) throw await describePoverty(client, refusal, options);
  throw new BaseError('TRANSACTION_REJECTED', `The transaction was rejected: ${text}.`, {
    place: refusal.place,
  });
}

/** Says who lacks the ether, and what he has. */
async function describePoverty(
  client: ChainClient,
  refusal: RpcRefusal,
  { address, signal }: BroadcastOptions,
): Promise<BaseError> {
  const request = { method: 'eth_getBalance', params: [address, 'latest'] };
  const found = await sendRequest(client, request, { signal }).then(
    (result) => formatAmount(parseQuantity(result, 'eth_getBalance'), ether),
    () => undefined,
  );
  return new BaseError('FUNDS_MISSING', 'The account has too little ether for the gas.', {
    place: refusal.place === undefined ? address : `${address} at ${refusal.place}`,
    expected: 'what the transaction costs at the fees of now',
    found,
    hint: 'Send ether to this account, or use another one.',
    cause: refusal,
  });
}

/** Without an answer to a question about the transaction, nothing is known about it. */
async function ask<T>(question: () => Promise<T>, hash: Hex): Promise<T> {
  try {
    return await question();
  } catch (error) {
    throw error instanceof BaseError && error.code === 'ABORTED'
      ? aborted(hash)
      : unknown(hash, error);
  }
}

function aborted(hash: Hex): BaseError {
  return new BaseError('ABORTED', 'The sending of a transaction was cancelled.', {
    found: `transaction ${hash}, which may have been accepted`,
  });
}

function unknown(hash: Hex, cause: unknown): BaseError {
  const message = 'It is not known whether the chain accepted the transaction.';
  return new BaseError('TRANSACTION_OUTCOME_UNKNOWN', message, {
    place: cause instanceof BaseError ? cause.place : undefined,
    found: `transaction ${hash}`,
    hint: 'look the transaction up before you send it again',
    cause,
  });
}
