import { BaseError, type Hex } from '@snetkit/core';
import { type AddressedCall, describeRevert, nameCall } from '../rpc/contract-call.ts';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import { type RequestOptions, sendRequest } from '../rpc/send-request.ts';

/** What is tried. */
export interface SimulateOptions extends RequestOptions {
  readonly target: AddressedCall;
  readonly data: Hex;
  readonly from: Hex;
  /** `latest`, or a number in hexadecimal. */
  readonly block: string;
}

/**
 * Tries a call without sending it.
 *
 * @throws BaseError `CONTRACT_REVERTED`, `CONTRACT_MISSING`, `RPC_...`, `ABORTED`
 */
export async function simulate(client: ChainClient, options: SimulateOptions): Promise<void> {
  const { target, data, from, block, signal } = options;
  const params = [{ from, to: target.address, data }, block];
  let result: unknown;
  try {
    result = await sendRequest(client, { method: 'eth_call', params }, { signal });
  } catch (error) {
    throw describeRevert(error, target);
  }
  // Without code at the address everything succeeds, and returns nothing.
  if (result !== '0x' || !returnsSomething(target)) return;
  const message = `There is no ${target.call.contractName} contract at the address.`;
  throw new BaseError('CONTRACT_MISSING', message, { place: nameCall(target) });
}

function returnsSomething({ call: { abi, functionName } }: AddressedCall): boolean {
  return abi.some(
    (item) => item.type === 'function' && item.name === functionName && item.outputs.length > 0,
  );
}
