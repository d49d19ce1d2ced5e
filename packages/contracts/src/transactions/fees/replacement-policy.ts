import { defaultMaxFeePerGas, type FeePolicy, isLimited } from './fee-policy.ts';
import { type Fees, getFeeCap } from './fees.ts';

/** When a transaction that waits is replaced by the same one with higher fees, unasked. */
export interface ReplacementPolicy {
  /** Blocks to wait while the base fee is above what the transaction offers; 2 when not given. */
  readonly whenPricedOut?: number | undefined;
  /** Blocks to wait when nothing but the tip can be too low; 10 when not given. */
  readonly whenPassedOver?: number | undefined;
}

/** Without limits of the caller: the highest fees that a replacement offers, for one unit first offered. */
const highestIncrease = 10n;

/** Whether a transaction has waited long enough at the fees that it offers. */
export function isUnderpriced(
  policy: ReplacementPolicy,
  waits: { fees: Fees; baseFee: bigint | undefined; blocks: bigint },
): boolean {
  const { whenPricedOut = 2, whenPassedOver = 10 } = policy;
  const { fees, baseFee, blocks } = waits;
  const isPricedOut = baseFee !== undefined && baseFee > getFeeCap(fees);
  return blocks >= BigInt(isPricedOut ? whenPricedOut : whenPassedOver);
}

/** The limits of replacements that nobody asked for: the caller's, or ten times the first offer. */
export function limitReplacement(policy: FeePolicy, first: Fees): FeePolicy {
  if (isLimited(policy)) return policy;
  const raised = getFeeCap(first) * highestIncrease;
  return { ...policy, maxFeePerGas: raised < defaultMaxFeePerGas ? raised : defaultMaxFeePerGas };
}
