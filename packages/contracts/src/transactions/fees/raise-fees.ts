import type { FeePolicy } from './fee-policy.ts';
import { type Fees, getFeeCap } from './fees.ts';
import { clampFees, getFeeLimit } from './limit-fees.ts';

/** What a replacement has to beat and may not exceed. */
export interface RaiseFeesOptions {
  readonly policy: FeePolicy;
  /** Gas limit of the replacement. */
  readonly gas: bigint;
  /** Fees of a transaction that is sent now. */
  readonly market: Fees;
}

/**
 * Fees with which nodes let a transaction replace one that offers `current`: each part an eighth
 * higher (some want 10 %, some 12.5 %), or what the market asks when that is more. Undefined when the
 * limits do not allow that much.
 */
export function raiseFees(
  current: Fees,
  { policy, gas, market }: RaiseFeesOptions,
): Fees | undefined {
  const lowest = increase(current);
  const limit = getFeeLimit(policy, gas);
  const raised = clampFees(highest(lowest, market), policy, limit);
  return isAtLeast(raised, lowest) ? raised : undefined;
}

function increase(fees: Fees): Fees {
  if (fees.type === 'legacy') return { type: 'legacy', gasPrice: eighthMore(fees.gasPrice) };
  return {
    type: 'eip1559',
    maxFeePerGas: eighthMore(fees.maxFeePerGas),
    maxPriorityFeePerGas: eighthMore(fees.maxPriorityFeePerGas),
  };
}

function eighthMore(amount: bigint): bigint {
  return amount + amount / 8n + 1n;
}

function highest(fees: Fees, market: Fees): Fees {
  const cap = max(getFeeCap(fees), getFeeCap(market));
  if (fees.type === 'legacy') return { type: 'legacy', gasPrice: cap };
  const marketTip = market.type === 'eip1559' ? market.maxPriorityFeePerGas : 0n;
  const maxPriorityFeePerGas = max(fees.maxPriorityFeePerGas, marketTip);
  return { type: 'eip1559', maxFeePerGas: max(cap, maxPriorityFeePerGas), maxPriorityFeePerGas };
}

function isAtLeast(fees: Fees, lowest: Fees): boolean {
  if (getFeeCap(fees) < getFeeCap(lowest)) return false;
  if (fees.type === 'legacy' || lowest.type === 'legacy') return true;
  return fees.maxPriorityFeePerGas >= lowest.maxPriorityFeePerGas;
}

function max(one: bigint, other: bigint): bigint {
  return one > other ? one : other;
}
