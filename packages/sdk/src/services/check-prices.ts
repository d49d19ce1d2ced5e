import { BaseError, formatAmount, type Token } from '@snetkit/core';
import type { Pricing } from '@snetkit/metadata';

/** What the user puts up with, and how it is told. */
export interface PriceLimit {
  /** Cogs for one call; anything goes when undefined. */
  readonly maxPrice: bigint | undefined;
  readonly token: Token;
  /** Where the prices stand. */
  readonly place: string;
}

/**
 * Refuses a service of which even the cheapest method costs more than the limit. (Each call is held
 * against the limit again.)
 *
 * @throws BaseError `PRICE_ABOVE_LIMIT`
 */
export function checkPrices(pricing: Pricing, { maxPrice, token, place }: PriceLimit): void {
  const isFixed = pricing.model === 'fixed_price';
  const prices = isFixed ? [pricing.priceInCogs] : [...pricing.methodPrices.values()];
  const [cheapest] = prices.toSorted((a, b) => (a < b ? -1 : 1));
  if (maxPrice === undefined || cheapest === undefined || cheapest <= maxPrice) return;
  throw new BaseError('PRICE_ABOVE_LIMIT', 'The service costs more than the limit allows.', {
    place,
    expected: `at most ${formatAmount(maxPrice, token)} a call`,
    found: `${isFixed ? '' : 'from '}${formatAmount(cheapest, token)}`,
    hint: 'Raise the limit, or use another service.',
  });
}
