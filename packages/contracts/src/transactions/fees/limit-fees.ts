import { BaseError } from '@snetkit/core';
import type { FeePolicy } from './fee-policy.ts';
import type { Fees } from './fees.ts';

/** What limits fees. */
export interface LimitFeesOptions {
  readonly policy: FeePolicy;
  /** Gas limit of the transaction. */
  readonly gas: bigint;
  /** Wei for each unit of gas without which no block takes the transaction now. */
  readonly least: bigint;
}

/**
 * Fees that keep to the limits of the caller.
 *
 * @throws BaseError `FEE_ABOVE_LIMIT` when the limits are below what the chain takes now
 */
export function limitFees(fees: Fees, { policy, gas, least }: LimitFeesOptions): Fees {
  const limit = getFeeLimit(policy, gas);
  if (limit !== undefined && limit < least) {
    throw new BaseError('FEE_ABOVE_LIMIT', 'The gas fees of the chain are above the limit.', {
      expected: `at most ${limit} wei for each unit of gas`,
      found: `${least} wei`,
      hint: 'raise the limit, or wait until the fees fall',
    });
  }
  return clampFees(fees, policy, limit);
}

/** Fees that are no higher than the limits, whether or not a block takes them. */
export function clampFees(fees: Fees, policy: FeePolicy, limit: bigint | undefined): Fees {
  if (fees.type === 'legacy') return { type: 'legacy', gasPrice: least(fees.gasPrice, limit) };
  const maxFeePerGas = least(fees.maxFeePerGas, limit);
  const tip = least(fees.maxPriorityFeePerGas, policy.maxPriorityFeePerGas);
  return { type: 'eip1559', maxFeePerGas, maxPriorityFeePerGas: least(tip, maxFeePerGas) };
}

/** Most wei for each unit of gas by all limits of a policy; undefined without limits. */
export function getFeeLimit(policy: FeePolicy, gas: bigint): bigint | undefined {
  const { maxFeePerGas, maxCost } = policy;
  if (maxCost === undefined || gas === 0n) return maxFeePerGas;
  return least(maxCost / gas, maxFeePerGas);
}

function least(one: bigint, other: bigint | undefined): bigint {
  return other === undefined || one < other ? one : other;
}
