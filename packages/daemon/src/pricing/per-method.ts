import { PaymentRefusal } from '../call/payment-refusal.ts';
import { statusCode } from '../call/status.ts';
import type { Pricing } from './pricing.ts';

/** A price for each method, in cogs by full path `/package.Service/Method` (daemon.md 8.1). */
export function createPerMethodPricing(methodPrices: ReadonlyMap<string, bigint>): Pricing {
  return {
    name: 'per-method',
    getPrice({ head: { path } }) {
      const price = methodPrices.get(path);
      if (price !== undefined) return price;
      throw new PaymentRefusal(
        statusCode.internal,
        `internal error: price is not defined for the Method ${path}`,
      );
    },
  };
}
