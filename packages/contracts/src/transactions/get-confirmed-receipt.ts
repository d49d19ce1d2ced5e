import type { Hex } from '@snetkit/core';
import { getBlockNumber } from '../blocks/get-block-number.ts';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import type { RequestOptions } from '../rpc/send-request.ts';
import { getReceipt } from './get-receipt.ts';
import type { TransactionReceipt } from './receipt.ts';

/** Which transaction, and how deep. */
export interface GetConfirmedReceiptOptions extends RequestOptions {
  readonly hash: Hex;
  /** Blocks that hold or follow it; 1 when not given. */
  readonly confirmations?: number | undefined;
}

/** A receipt, and whether enough blocks hold or follow it. */
export interface ConfirmedReceipt {
  readonly receipt: TransactionReceipt;
  readonly isConfirmed: boolean;
}

/**
 * The receipt of a transaction, as far as it is mined. It is read anew each time, so that a block
 * which is no longer part of the chain does not count.
 *
 * @throws BaseError `RPC_...`, `ABORTED`
 */
export async function getConfirmedReceipt(
  client: ChainClient,
  { hash, confirmations = 1, signal }: GetConfirmedReceiptOptions,
): Promise<ConfirmedReceipt | undefined> {
  // The head first: blocks that come between the two questions then count for nothing.
  const head = confirmations > 1 ? await getBlockNumber(client, { signal }) : undefined;
  const receipt = await getReceipt(client, { hash, signal });
  if (receipt === undefined) return undefined;
  const isConfirmed =
    head === undefined || head - receipt.blockNumber + 1n >= BigInt(confirmations);
  return { receipt, isConfirmed };
}
