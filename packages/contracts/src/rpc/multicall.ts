import { type Address, BaseError, type Hex } from '@snetkit/core';
import { decodeFunctionResult, encodeFunctionData, parseAbi } from 'viem';
import { bindContract } from '../gen/bindings.ts';

/** Where Multicall3 is on every chain that has it: mainnet and sepolia among them. */
export const multicallAddress: Address = '0xcA11bde05977b3631167028862bE2a173976CA11';

const abi = /*#__PURE__*/ parseAbi([
  'function aggregate3((address target, bool allowFailure, bytes callData)[] calls) payable returns ((bool success, bytes returnData)[])',
]);

/** Checked calls of Multicall3 (https://github.com/mds1/multicall3): many calls as one. */
export const multicallContract = /*#__PURE__*/ bindContract('Multicall3', abi);

/** A call without its meaning. */
export interface EncodedCall {
  readonly address: Address;
  readonly data: Hex;
}

/** Many calls as one; each may fail without the others. Inside this package only. */
export function encodeAggregate(calls: readonly EncodedCall[]): Hex {
  const args = calls.map(({ address, data }) => ({
    target: address,
    allowFailure: true,
    callData: data,
  }));
  return encodeFunctionData({ abi, functionName: 'aggregate3', args: [args] });
}

/**
 * What each of the calls returned. Inside this package only.
 *
 * @throws BaseError `RPC_ANSWER_INVALID`
 */
export function decodeAggregate(
  data: unknown,
  count: number,
): readonly { readonly success: boolean; readonly returnData: Hex }[] {
  let cause: unknown;
  try {
    const results = decodeFunctionResult({ abi, functionName: 'aggregate3', data: data as Hex });
    if (results.length === count) return results;
  } catch (error) {
    cause = error;
  }
  const message = 'The answer of Multicall3.aggregate3 cannot be decoded.';
  throw new BaseError('RPC_ANSWER_INVALID', message, {
    place: `Multicall3 at ${multicallAddress}`,
    expected: `${count} results`,
    cause,
  });
}
