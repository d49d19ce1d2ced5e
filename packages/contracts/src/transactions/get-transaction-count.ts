import type { Address, Hex } from '@snetkit/core';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import { parseQuantity } from '../rpc/quantity.ts';
import { type RequestOptions, sendRequest } from '../rpc/send-request.ts';

/** Whose transactions, until when. */
export interface GetTransactionCountOptions extends RequestOptions {
  readonly address: Address;
  /** `pending` counts those that wait, too; a number is hexadecimal. */
  readonly block: 'latest' | 'pending' | Hex;
}

/**
 * How many transactions an account has sent: the nonce of the next one.
 *
 * @throws BaseError `RPC_...`, `ABORTED`
 */
export async function getTransactionCount(
  client: ChainClient,
  { address, block, signal }: GetTransactionCountOptions,
): Promise<number> {
  const request = { method: 'eth_getTransactionCount', params: [address, block] };
  const count = await sendRequest(client, request, { signal });
  return Number(parseQuantity(count, 'eth_getTransactionCount'));
}
