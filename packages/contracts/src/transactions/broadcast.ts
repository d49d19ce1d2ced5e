import { BaseError, type Hex } from '@snetkit/core';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import { RpcRefusal } from '../rpc/rpc-refusal.ts';
import { type RequestOptions, sendRequest } from '../rpc/send-request.ts';
import { delay } from './delay.ts';

/** A signed transaction. */
export interface BroadcastOptions extends RequestOptions {
  readonly raw: Hex;
  /** keccak256 of `raw`. */
  readonly hash: Hex;
}

/** A network failure leaves it open whether the chain has the transaction: ask again so often. */
const attempts = 3;

/**
 * Hands a signed transaction to the chain. Sending the same bytes again is harmless, so that a lost
 * answer is no lost transaction. Returns false when the nonce has been used by another transaction.
 *
 * @throws BaseError `TRANSACTION_REJECTED`, `TRANSACTION_OUTCOME_UNKNOWN`, `ABORTED`
 */
export async function broadcast(
  client: ChainClient,
  { raw, hash, signal }: BroadcastOptions,
): Promise<boolean> {
  for (let attempt = 1; ; attempt++) {
    try {
      await sendRequest(client, { method: 'eth_sendRawTransaction', params: [raw] }, { signal });
      return true;
    } catch (error) {
      if (error instanceof RpcRefusal) {
        const text = error.rpcMessage;
        if (/already (?:known|imported|exists)|known transaction/i.test(text)) return true;
        if (!/nonce (?:is )?too low|replacement.*underpriced/i.test(text)) {
          throw new BaseError('TRANSACTION_REJECTED', `The transaction was rejected: ${text}.`, {
            place: error.place,
            hint: /insufficient funds/i.test(text)
              ? 'send ether for gas to the account'
              : undefined,
          });
        }
        // After a lost answer, the transaction that used the nonce may be this very one.
        return attempt > 1 && (await isKnown(client, { hash, signal }));
      }
      if (error instanceof BaseError && error.code === 'ABORTED') {
        throw new BaseError('ABORTED', 'The sending of a transaction was cancelled.', {
          found: `transaction ${hash}, which may have been accepted`,
        });
      }
      if (attempt === attempts) {
        const message = 'It is not known whether the chain accepted the transaction.';
        throw new BaseError('TRANSACTION_OUTCOME_UNKNOWN', message, {
          place: error instanceof BaseError ? error.place : undefined,
          found: `transaction ${hash}`,
          hint: 'look the transaction up before you send it again',
          cause: error,
        });
      }
      await delay(250 * attempt, signal);
    }
  }
}

async function isKnown(
  client: ChainClient,
  { hash, signal }: RequestOptions & { hash: Hex },
): Promise<boolean> {
  const request = { method: 'eth_getTransactionByHash', params: [hash] };
  return (await sendRequest(client, request, { signal })) !== null;
}
