import { type Address, BaseError } from '@snetkit/core';
import {
  type Abi,
  type AbiStateMutability,
  type ContractFunctionName,
  type ContractFunctionReturnType,
  type DecodeFunctionResultParameters,
  decodeFunctionResult,
  type Hex,
} from 'viem';
import type { ContractCall } from '../gen/bindings.ts';
import { describeRevert, encodeCall, nameCall } from './contract-call.ts';
import type { ChainClient } from './create-chain-client.ts';
import { type RequestOptions, sendRequest } from './send-request.ts';

/** A call of a reading function. */
export interface ReadContractOptions<abi extends Abi, name extends string, args>
  extends RequestOptions {
  readonly address: Address;
  /** Made by a binding: `escrowContract.read('channels', [7n])`. */
  readonly call: ContractCall<abi, name, args>;
  /** Account in whose name it is called. */
  readonly from?: Address | undefined;
}

/**
 * Calls a contract function at the latest block, without a transaction, and returns its decoded
 * result (one value, or an array of several).
 *
 * @throws BaseError `CONTRACT_REVERTED`, `CONTRACT_MISSING`, `CONTRACT_ARGUMENT_INVALID`, `RPC_...`
 */
export async function readContract<
  const abi extends Abi,
  name extends ContractFunctionName<abi>,
  args,
>(
  client: ChainClient,
  { address, call, from, signal }: ReadContractOptions<abi, name, args>,
): Promise<ContractFunctionReturnType<abi, AbiStateMutability, name>> {
  const target = { address, call };
  const request = {
    method: 'eth_call',
    params: [{ to: address, data: encodeCall(target), ...(from && { from }) }, 'latest'],
  };
  let data: unknown;
  try {
    data = await sendRequest(client, request, { signal });
  } catch (error) {
    throw describeRevert(error, target);
  }
  try {
    const { abi, functionName } = call;
    const parameters = { abi, functionName, data: data as Hex } as DecodeFunctionResultParameters;
    return decodeFunctionResult(parameters) as ContractFunctionReturnType<
      abi,
      AbiStateMutability,
      name
    >;
  } catch (cause) {
    // Without code at the address, a call succeeds and returns nothing.
    const message =
      data === '0x'
        ? `There is no ${call.contractName} contract at the address.`
        : `The answer of ${call.contractName}.${call.functionName} cannot be decoded.`;
    throw new BaseError('CONTRACT_MISSING', message, { place: nameCall(target), cause });
  }
}
