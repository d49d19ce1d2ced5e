import { BaseError } from '@snetkit/core';
import type { ServiceGroup } from './get-service-group.ts';

/** What a caller puts up with at most; nothing is limited unless given. */
export interface ServiceLimits {
  /** Cogs for one call. A price list is refused only when its cheapest method costs more. */
  readonly maxPrice?: bigint | undefined;
  /** Blocks of `payment_expiration_threshold`. */
  readonly maxThreshold?: bigint | undefined;
}

/**
 * Holds price and threshold of a group against the limits of the caller.
 *
 * @param places names of both documents, for messages
 * @throws BaseError `PRICE_ABOVE_LIMIT`, `THRESHOLD_ABOVE_LIMIT`
 */
export function checkServiceLimits(
  { pricing, paymentExpirationThreshold }: ServiceGroup,
  { maxPrice, maxThreshold }: ServiceLimits,
  places: { readonly organizationUri: string; readonly serviceUri: string },
): void {
  const prices =
    pricing.model === 'fixed_price' ? [pricing.priceInCogs] : [...pricing.methodPrices.values()];
  if (maxPrice !== undefined && prices.every((price) => price > maxPrice)) {
    throw new BaseError('PRICE_ABOVE_LIMIT', 'The service costs more than the limit allows.', {
      place: places.serviceUri,
      expected: `at most ${maxPrice} cogs a call`,
      found: `${pricing.model === 'fixed_price' ? '' : 'from '}${smallest(prices)} cogs`,
      hint: 'Raise the maximum price, or use another service.',
    });
  }
  if (maxThreshold !== undefined && paymentExpirationThreshold > maxThreshold) {
    throw new BaseError('THRESHOLD_ABOVE_LIMIT', 'The service locks funds longer than the limit.', {
      place: places.organizationUri,
      expected: `a threshold of at most ${maxThreshold} blocks`,
      found: `${paymentExpirationThreshold} blocks`,
      hint: 'Raise the maximum threshold, or use another service.',
    });
  }
}

function smallest(prices: readonly bigint[]): bigint | undefined {
  return [...prices].sort((a, b) => (a < b ? -1 : 1))[0];
}
