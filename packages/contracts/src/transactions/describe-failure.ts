import { BaseError, type Hex } from '@snetkit/core';
import { type AddressedCall, nameCall } from '../rpc/contract-call.ts';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import { formatQuantity } from '../rpc/quantity.ts';
import type { RequestOptions } from '../rpc/send-request.ts';
import type { TransactionReceipt } from './receipt.ts';
import { simulate } from './simulate.ts';

/** A transaction that was mined and failed. */
export interface DescribeFailureOptions extends RequestOptions {
  readonly target: AddressedCall;
  readonly data: Hex;
  readonly from: Hex;
  /** Gas limit of the transaction. */
  readonly gas: bigint;
  readonly receipt: TransactionReceipt;
}

/** Why a mined transaction failed: what the same call says at its block. */
export async function describeFailure(
  client: ChainClient,
  options: DescribeFailureOptions,
): Promise<BaseError> {
  const { target, gas, receipt } = options;
  const block = formatQuantity(receipt.blockNumber);
  const cause = await simulate(client, { ...options, block }).catch((error: unknown) => error);
  const { contractName, functionName } = target.call;
  const reason =
    cause instanceof BaseError && cause.code === 'CONTRACT_REVERTED' ? cause : undefined;
  return new BaseError(
    'TRANSACTION_FAILED',
    `${contractName}.${functionName} failed on the chain.`,
    {
      place: nameCall(target),
      found:
        reason?.shortMessage ??
        (receipt.gasUsed === gas ? 'all gas was used up' : 'no reason given'),
      hint: reason?.hint ?? `look at transaction ${receipt.transactionHash}`,
      cause: reason,
    },
  );
}
