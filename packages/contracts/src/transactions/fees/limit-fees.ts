import { BaseError } from '@snetkit/core';
import { defaultMaxFeePerGas, type FeePolicy, isLimited } from './fee-policy.ts';
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
      expected: `at most ${limit} wei for each unit of gas${isLimited(policy) ? '' : ', unless you say otherwise'}`,
      found: `${least} wei`,
      hint: 'Wait until the fees fall, or allow more with fees: { maxFeePerGas } or { maxCost }, in wei.',
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

/** Most wei for each unit of gas by all limits of a policy, or by default. */
export function getFeeLimit(policy: FeePolicy, gas: bigint): bigint | undefined {
  const { maxCost } = policy;
  const maxFeePerGas = isLimited(policy) ? policy.maxFeePerGas : defaultMaxFeePerGas;
  if (maxCost === undefined || gas === 0n) return maxFeePerGas;
  return least(maxCost / gas, maxFeePerGas);
}

function least(one: bigint, other: bigint | undefined): bigint {
  return other === undefined || one < other ? one : other;
}
