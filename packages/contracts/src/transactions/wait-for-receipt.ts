import { BaseError, errorCodes, type Hex } from '@snetkit/core';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import type { RequestOptions } from '../rpc/send-request.ts';
import { delay } from './delay.ts';
import { getReceipt } from './get-receipt.ts';
import type { TransactionReceipt } from './receipt.ts';

/** Which transaction, and how long. */
export interface WaitForReceiptOptions extends RequestOptions {
  readonly hash: Hex;
  /** Milliseconds; 180,000 when not given. */
  readonly timeoutMs?: number | undefined;
}

/** Milliseconds between two questions: few at first (local chains), then more. */
const [firstPause, longestPause] = [25, 2_000];

/**
 * Waits until a transaction is mined, whether it succeeded or not. An endpoint that fails for a
 * while is asked again until the time is up.
 *
 * @throws BaseError `TRANSACTION_TIMED_OUT`, `ABORTED`
 */
export async function waitForReceipt(
  client: ChainClient,
  { hash, timeoutMs = 180_000, signal }: WaitForReceiptOptions,
): Promise<TransactionReceipt> {
  const deadline = Date.now() + timeoutMs;
  let cause: unknown;
  for (let pause = firstPause; ; pause = Math.min(pause * 1.5, longestPause)) {
    try {
      const receipt = await getReceipt(client, { hash, signal });
      if (receipt) return receipt;
    } catch (error) {
      if (signal?.aborted) throw aborted(hash);
      const isPassing = error instanceof BaseError && errorCodes[error.code].class === 'network';
      if (!isPassing) throw error;
      cause = error;
    }
    const left = deadline - Date.now();
    if (left <= 0) {
      const message = `The transaction was not mined within ${timeoutMs} ms.`;
      throw new BaseError('TRANSACTION_TIMED_OUT', message, {
        found: `transaction ${hash}`,
        hint: 'look the transaction up before you send it again; it may still be mined',
        cause,
      });
    }
    await delay(Math.min(pause, left), signal);
    if (signal?.aborted) throw aborted(hash);
  }
}

function aborted(hash: Hex): BaseError {
  return new BaseError('ABORTED', 'The wait for a transaction was cancelled.', {
    found: `transaction ${hash}, which may still be mined`,
  });
}
