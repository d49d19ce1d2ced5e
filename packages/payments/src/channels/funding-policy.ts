import type { FeeKind, FeePolicy } from '@snetkit/contracts';
import { BaseError, formatAmount } from '@snetkit/core';
import type { PaymentGroup } from './payment-group.ts';

/** How much a client locks in channels, and what it never does. Amounts in cogs. */
export interface FundingPolicy {
  /** A channel that is opened or topped up gets the price of so many calls. */
  readonly callsAhead?: bigint | undefined;
  /** Or this amount, when it is more. */
  readonly amountAhead?: bigint | undefined;
  /** A call that costs more is not paid. */
  readonly maxPrice?: bigint | undefined;
  /** A group that wants channels locked for more blocks is not paid. */
  readonly maxThreshold?: bigint | undefined;
  /** Most that one channel may hold. */
  readonly maxTotal?: bigint | undefined;
  /** Blocks that a new expiration lies beyond the group's threshold. */
  readonly expirationMargin?: bigint | undefined;
  /** How gas is paid, and how much of it at most: `{ maxCost }` in wei for each transaction. */
  readonly fees?: FeeKind | FeePolicy | undefined;
  /** Only channels that exist are used, as they are. */
  readonly neverFund?: boolean | undefined;
}

const defaultCallsAhead = 10n;
/** Ten weeks of blocks of twelve seconds. */
const defaultMaxThreshold = 504_000n;
/** About two weeks: long enough that a channel is not extended at every visit. */
const defaultMargin = 100_000n;

/** Cogs to add so that a call at `price` can be paid. */
export function getTopUp(
  { callsAhead = defaultCallsAhead, amountAhead = 0n }: FundingPolicy,
  { price, missing }: { price: bigint; missing: bigint },
): bigint {
  const ahead = price * callsAhead;
  const wanted = ahead > amountAhead ? ahead : amountAhead;
  return wanted > missing ? wanted : missing;
}

/** Block number up to which a channel is opened or extended. */
export function getNewExpiration(
  { expirationMargin = defaultMargin }: FundingPolicy,
  { block, threshold }: { block: bigint; threshold: bigint },
): bigint {
  return block + threshold + expirationMargin;
}

/**
 * Refuses a price or a threshold beyond the user's limits before anything is signed.
 *
 * @throws BaseError PRICE_ABOVE_LIMIT, THRESHOLD_ABOVE_LIMIT
 */
export function checkLimits(
  { maxPrice, maxThreshold = defaultMaxThreshold }: FundingPolicy,
  group: PaymentGroup,
  price: bigint,
): void {
  if (maxPrice !== undefined && price > maxPrice) {
    throw new BaseError('PRICE_ABOVE_LIMIT', 'The call costs more than the limit allows', {
      place: `payment group of ${group.recipient}`,
      expected: `at most ${formatAmount(maxPrice, group.token)}`,
      found: formatAmount(price, group.token),
      hint: 'Raise maxPrice, or call another service.',
    });
  }
  if (group.expirationThreshold > maxThreshold) {
    throw new BaseError(
      'THRESHOLD_ABOVE_LIMIT',
      'The service wants channels locked for longer than the limit allows',
      {
        place: `payment group of ${group.recipient}, payment_expiration_threshold`,
        expected: `at most ${maxThreshold} blocks`,
        found: `${group.expirationThreshold} blocks`,
        hint: 'Raise maxThreshold only if you trust the provider: so long can your money be locked.',
      },
    );
  }
}

/**
 * Refuses a channel that would hold more than the user's limit, or any funding at all.
 *
 * @throws BaseError FUNDING_REFUSED
 */
export function checkFunding(
  { maxTotal, neverFund = false }: FundingPolicy,
  group: PaymentGroup,
  total: bigint,
): void {
  if (neverFund) {
    throw new BaseError('FUNDING_REFUSED', 'No channel can pay for the call, and funding is off', {
      place: `payment group of ${group.recipient}`,
      expected: `a channel with ${formatAmount(total, group.token)} that lives long enough`,
      found: 'none',
    });
  }
  if (maxTotal === undefined || total <= maxTotal) return;
  throw new BaseError('FUNDING_REFUSED', 'The channel would hold more than the limit allows', {
    place: `payment group of ${group.recipient}`,
    expected: `at most ${formatAmount(maxTotal, group.token)}`,
    found: formatAmount(total, group.token),
  });
}
