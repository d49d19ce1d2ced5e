import { BaseError } from '@snetkit/core';
import { type DecodeFunctionResultParameters, decodeFunctionResult, type Hex } from 'viem';
import { type AddressedCall, nameCall } from './contract-call.ts';

/**
 * Decodes what a reading function returned. Inside this package only.
 *
 * @throws BaseError `CONTRACT_MISSING`
 */
export function decodeResult(target: AddressedCall, data: unknown): unknown {
  const { contractName, abi, functionName } = target.call;
  try {
    return decodeFunctionResult({
      abi,
      functionName,
      data: data as Hex,
    } as DecodeFunctionResultParameters);
  } catch (cause) {
    // Without code at the address, a call succeeds and returns nothing.
    const message =
      data === '0x'
        ? `There is no ${contractName} contract at the address.`
        : `The answer of ${contractName}.${functionName} cannot be decoded.`;
    throw new BaseError('CONTRACT_MISSING', message, { place: nameCall(target), cause });
  }
}
