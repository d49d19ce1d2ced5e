/** How gas is paid: base fee and tip (EIP-1559), or one price by the rule of the official SDKs. */
export type FeeKind = 'eip1559' | 'legacy';

/**
 * Most wei for each unit of gas where the caller sets no limit: 500 gwei, above what Ethereum asks but for
 * some hours in a year. An endpoint that lies about fees cannot empty an account.
 */
export const defaultMaxFeePerGas: bigint = 500_000_000_000n;

/**
 * How gas is paid, and how much may be paid for it. Amounts in wei. Without `maxFeePerGas` and
 * `maxCost`, no more than 500 gwei is paid for each unit of gas.
 */
export interface FeePolicy {
  /** `eip1559` when not given; chains without a base fee get one price in any case. */
  readonly kind?: FeeKind | undefined;
  /** Most for each unit of gas, base fee and tip together (or the gas price). */
  readonly maxFeePerGas?: bigint | undefined;
  /** Most that goes to the block's maker for each unit of gas. */
  readonly maxPriorityFeePerGas?: bigint | undefined;
  /** Most that the gas of the transaction may cost in all, however often it is replaced. */
  readonly maxCost?: bigint | undefined;
}

/** A policy from what a caller may write. */
export function parseFeePolicy(fees: FeeKind | FeePolicy | undefined): FeePolicy {
  return typeof fees === 'object' ? fees : { kind: fees };
}

/** Whether the caller says how much may be paid at most. */
export function isLimited({ maxFeePerGas, maxCost }: FeePolicy): boolean {
  return maxFeePerGas !== undefined || maxCost !== undefined;
}
