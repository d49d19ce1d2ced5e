import type { Pricing } from './pricing.ts';

/** One price for every call, whatever its method (daemon.md 8.1). */
export function createFixedPricing(priceInCogs: bigint): Pricing {
  return { name: 'fixed', getPrice: () => priceInCogs };
}
