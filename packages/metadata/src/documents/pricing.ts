import { BaseError } from '@snetkit/core';

/** What calls of a service cost, ready for use: one price for all, or one for each method. */
export type Pricing =
  | { readonly model: 'fixed_price'; readonly priceInCogs: bigint }
  | {
      readonly model: 'fixed_price_per_method';
      /** Cogs by full method path, such as `/example_service.Calculator/add`. */
      readonly methodPrices: ReadonlyMap<string, bigint>;
    };

/**
 * The price of one call.
 *
 * @param path full method path: `/package.Service/method`
 * @returns cogs
 * @throws BaseError `PRICE_NOT_DEFINED` with the text of the official daemon
 */
export function getPrice(pricing: Pricing, path: string): bigint {
  if (pricing.model === 'fixed_price') return pricing.priceInCogs;
  const price = pricing.methodPrices.get(path);
  if (price !== undefined) return price;
  throw new BaseError('PRICE_NOT_DEFINED', `price is not defined for the Method ${path}`);
}
