import type { Address } from '@snetkit/core';
import type {
  Abi,
  AbiStateMutability,
  ContractFunctionName,
  ContractFunctionReturnType,
} from 'viem';
import type { ContractCall } from '../gen/bindings.ts';
import { describeRevert, encodeContractCall } from './contract-call.ts';
import type { ChainClient } from './create-chain-client.ts';
import { decodeResult } from './decode-result.ts';
import { formatQuantity } from './quantity.ts';
import { type RequestOptions, sendRequest } from './send-request.ts';

/** A call of a reading function. */
export interface ReadContractOptions<abi extends Abi, name extends string, args>
  extends RequestOptions {
  readonly address: Address;
  /** Made by a binding: `escrowContract.read('channels', [7n])`. */
  readonly call: ContractCall<abi, name, args>;
  /** Account in whose name it is called. */
  readonly from?: Address | undefined;
  /** Block whose state is read; the latest one when not given. Old ones need an archive node. */
  readonly blockNumber?: bigint | undefined;
}

/**
 * Calls a contract function, without a transaction, and returns its decoded result (one value, or an
 * array of several).
 *
 * @throws BaseError `CONTRACT_REVERTED`, `CONTRACT_MISSING`, `CONTRACT_ARGUMENT_INVALID`, `RPC_...`
 */
export async function readContract<
  const abi extends Abi,
  name extends ContractFunctionName<abi>,
  args,
>(
  client: ChainClient,
  { address, call, from, blockNumber, signal }: ReadContractOptions<abi, name, args>,
): Promise<ContractFunctionReturnType<abi, AbiStateMutability, name>> {
  const target = { address, call };
  const block = blockNumber === undefined ? 'latest' : formatQuantity(blockNumber);
  const request = {
    method: 'eth_call',
    params: [{ to: address, data: encodeContractCall(target), ...(from && { from }) }, block],
  };
  let data: unknown;
  try {
    data = await sendRequest(client, request, { signal });
  } catch (error) {
    throw describeRevert(error, target);
  }
  return decodeResult(target, data) as ContractFunctionReturnType<abi, AbiStateMutability, name>;
}
