import { type Address, BaseError, type Hex } from '@snetkit/core';
import { type Abi, type EncodeFunctionDataParameters, encodeFunctionData } from 'viem';
import { decodeRevert } from './decode-revert.ts';
import { findRevertHint } from './revert-hints.ts';

/** A call of a contract function, as the generated bindings make it. */
export interface AnyContractCall {
  readonly contractName: string;
  readonly abi: Abi;
  readonly functionName: string;
  readonly args: unknown;
}

/** A call and the contract it goes to. */
export interface AddressedCall {
  readonly address: Address;
  readonly call: AnyContractCall;
}

/** Contract, function and address, as messages name them. */
export function nameCall({ address, call }: AddressedCall): string {
  return `${call.contractName}.${call.functionName} at ${address}`;
}

/**
 * The data of a call, as a transaction carries it: for somebody else to send, a multisig wallet say.
 *
 * @throws BaseError `CONTRACT_ARGUMENT_INVALID`
 */
export function encodeContractCall(target: AddressedCall): Hex {
  const { abi, functionName, args } = target.call;
  try {
    return encodeFunctionData({ abi, functionName, args } as EncodeFunctionDataParameters);
  } catch (cause) {
    const { contractName } = target.call;
    throw new BaseError(
      'CONTRACT_ARGUMENT_INVALID',
      `An argument of ${contractName}.${functionName} cannot be encoded.`,
      { place: nameCall(target), cause },
    );
  }
}

/** Names contract and function in the error of a call that reverts; other errors stay as they are. */
export function describeRevert(error: unknown, target: AddressedCall): unknown {
  const { contractName, functionName, abi } = target.call;
  const revert = decodeRevert(error, abi);
  if (revert === undefined) return error;
  const reason = revert.reason || 'no reason given';
  return new BaseError('CONTRACT_REVERTED', `${contractName}.${functionName} reverts: ${reason}`, {
    place: nameCall(target),
    hint: findRevertHint(revert.reason, functionName),
  });
}
