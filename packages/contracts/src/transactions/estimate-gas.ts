import type { Address, Hex } from '@snetkit/core';
import { type AddressedCall, describeRevert } from '../rpc/contract-call.ts';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import { parseQuantity } from '../rpc/quantity.ts';
import { type RequestOptions, sendRequest } from '../rpc/send-request.ts';

/** What is to be sent. */
export interface EstimateGasOptions extends RequestOptions {
  readonly target: AddressedCall;
  readonly data: Hex;
  readonly from: Address;
}

/** What it costs more to write a storage slot that another transaction has emptied in between. */
const refilledSlot = 17_100n;

/**
 * The gas limit for a call: the estimate, a quarter more, and enough for one storage slot that has
 * become empty, because the state may change until it is mined. Gas that is not used is not paid.
 *
 * @throws BaseError `CONTRACT_REVERTED`, `RPC_...`, `ABORTED`
 */
export async function estimateGas(
  client: ChainClient,
  { target, data, from, signal }: EstimateGasOptions,
): Promise<bigint> {
  const params = [{ from, to: target.address, data }];
  try {
    const result = await sendRequest(client, { method: 'eth_estimateGas', params }, { signal });
    return (parseQuantity(result, 'eth_estimateGas') * 5n) / 4n + refilledSlot;
  } catch (error) {
    throw describeRevert(error, target);
  }
}
