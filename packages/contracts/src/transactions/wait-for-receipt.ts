import type { Hex } from '@snetkit/core';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import type { RequestOptions } from '../rpc/send-request.ts';
import { getConfirmedReceipt } from './get-confirmed-receipt.ts';
import { poll } from './poll.ts';
import type { TransactionReceipt } from './receipt.ts';

/** Which transaction, and how long. */
export interface WaitForReceiptOptions extends RequestOptions {
  readonly hash: Hex;
  /** Milliseconds; 180,000 when not given. */
  readonly timeoutMs?: number | undefined;
  /** Blocks that hold or follow it, so that it is not undone by a reorganisation; 1 when not given. */
  readonly confirmations?: number | undefined;
}

/**
 * Waits until a transaction is mined, whether it succeeded or not. An endpoint that fails for a
 * while is asked again until the time is up.
 *
 * @throws BaseError `TRANSACTION_TIMED_OUT`, `ABORTED`
 */
export async function waitForReceipt(
  client: ChainClient,
  { hash, timeoutMs = 180_000, confirmations, signal }: WaitForReceiptOptions,
): Promise<TransactionReceipt> {
  const look = async () => {
    const found = await getConfirmedReceipt(client, { hash, confirmations, signal });
    return found?.isConfirmed ? found.receipt : undefined;
  };
  return poll(look, { hash: () => hash, timeoutMs, signal });
}
