import { type Address, BaseError, type Hex } from '@snetkit/core';
import { parseLogs } from '../events/raw-log.ts';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import { parseQuantity } from '../rpc/quantity.ts';
import { type RequestOptions, sendRequest } from '../rpc/send-request.ts';
import type { TransactionReceipt } from './receipt.ts';

/** Which transaction. */
export interface GetReceiptOptions extends RequestOptions {
  readonly hash: Hex;
}

/**
 * The receipt of a transaction; undefined while it is not mined, and when it is unknown.
 *
 * @throws BaseError `RPC_...`, `ABORTED`
 */
export async function getReceipt(
  client: ChainClient,
  { hash, signal }: GetReceiptOptions,
): Promise<TransactionReceipt | undefined> {
  const request = { method: 'eth_getTransactionReceipt', params: [hash] };
  const result = await sendRequest(client, request, { signal });
  if (result === null) return undefined;
  const fields = result as Readonly<Record<string, unknown>>;
  if (String(fields['transactionHash']).toLowerCase() !== hash.toLowerCase()) {
    const message = 'The chain answered the receipt of another transaction.';
    throw new BaseError('RPC_ANSWER_INVALID', message, { expected: hash });
  }
  const read = (key: string) => parseQuantity(fields[key], `${key} of a receipt`);
  return {
    transactionHash: hash,
    blockNumber: read('blockNumber'),
    blockHash: fields['blockHash'] as Hex,
    status: read('status') === 1n ? 'success' : 'reverted',
    from: fields['from'] as Address,
    gasUsed: read('gasUsed'),
    effectiveGasPrice: read('effectiveGasPrice'),
    logs: parseLogs(fields['logs']),
  };
}
