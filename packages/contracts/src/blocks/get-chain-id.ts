import type { ChainClient } from '../rpc/create-chain-client.ts';
import { parseQuantity } from '../rpc/quantity.ts';
import { type RequestOptions, sendRequest } from '../rpc/send-request.ts';

/**
 * The id of the chain behind the endpoint.
 *
 * @throws BaseError `RPC_...`, `ABORTED`
 */
export async function getChainId(
  client: ChainClient,
  options: RequestOptions = {},
): Promise<number> {
  const result = await sendRequest(client, { method: 'eth_chainId', params: [] }, options);
  return Number(parseQuantity(result, 'eth_chainId'));
}
