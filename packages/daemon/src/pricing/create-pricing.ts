import type { ServiceGroup } from '@snetkit/metadata';
import { createFixedPricing } from './fixed.ts';
import { createPerMethodPricing } from './per-method.ts';
import type { Pricing } from './pricing.ts';

/** The prices that a service group has published. */
export function createPricing({ pricing }: Pick<ServiceGroup, 'pricing'>): Pricing {
  return pricing.model === 'fixed_price'
    ? createFixedPricing(pricing.priceInCogs)
    : createPerMethodPricing(pricing.methodPrices);
}
