import type { ChainClient } from '../rpc/create-chain-client.ts';
import { parseQuantity } from '../rpc/quantity.ts';
import { type RequestOptions, sendRequest } from '../rpc/send-request.ts';

/**
 * The number of the latest block; never a cached one.
 *
 * @throws BaseError `RPC_...`, `ABORTED`
 */
export async function getBlockNumber(
  client: ChainClient,
  options: RequestOptions = {},
): Promise<bigint> {
  const result = await sendRequest(client, { method: 'eth_blockNumber', params: [] }, options);
  return parseQuantity(result, 'eth_blockNumber');
}
