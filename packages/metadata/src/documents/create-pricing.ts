import { BaseError, maxUint256 } from '@snetkit/core';
import { getMethodPath } from './get-method-path.ts';
import type { Pricing } from './pricing.ts';
import type { PricingEntry } from './service-metadata.ts';

/**
 * Makes the price list of a group usable, by the rules of the daemon: the first entry with
 * `default: true` counts and no other; the key of a method is `/[package.]service/method`
 * (protocol/metadata.md 3.3). A method that is listed twice has its last price.
 *
 * @throws BaseError `PRICING_INVALID`
 */
export function createPricing(
  entries: readonly PricingEntry[],
  options: { place?: string | undefined } = {},
): Pricing {
  const { place = 'pricing' } = options;
  const index = entries.findIndex((entry) => entry.default);
  const entry = entries[index];
  if (entry === undefined) {
    const found = `${entries.length} entries without it`;
    throw invalid('has no default entry', place, 'an entry with "default": true', found);
  }
  const at = `${place}/${index}`;
  switch (entry.priceModel) {
    case 'fixed_price':
      return {
        model: 'fixed_price',
        priceInCogs: checkPrice(entry.priceInCogs, `${at}/price_in_cogs`),
      };
    case 'fixed_price_per_method':
      return { model: 'fixed_price_per_method', methodPrices: listMethods(entry, at) };
    default:
      throw invalid(
        'has an unknown model',
        `${at}/price_model`,
        'fixed_price or fixed_price_per_method',
        JSON.stringify(entry.priceModel.slice(0, 80)),
      );
  }
}

function listMethods({ packageName, details }: PricingEntry, at: string): Map<string, bigint> {
  const prices = new Map<string, bigint>();
  for (const [i, { serviceName, methodPricing }] of details.entries()) {
    for (const [j, { methodName, priceInCogs }] of methodPricing.entries()) {
      const place = `${at}/details/${i}/method_pricing/${j}/price_in_cogs`;
      const path = getMethodPath({ packageName, serviceName, methodName });
      prices.set(path, checkPrice(priceInCogs, place));
    }
  }
  if (prices.size > 0) return prices;
  throw invalid('has no method', `${at}/details`, 'a price for each method', 'none');
}

function checkPrice(price: bigint | undefined, place: string): bigint {
  if (price !== undefined && price >= 0n && price <= maxUint256) return price;
  const found = price === undefined ? 'nothing' : price < 0n ? `${price}` : 'more than 2^256 - 1';
  throw invalid('has no usable price', place, 'cogs from 0 to 2^256 - 1', found);
}

function invalid(fault: string, place: string, expected: string, found: string): BaseError {
  return new BaseError('PRICING_INVALID', `The price list of the service ${fault}.`, {
    place,
    expected,
    found,
    hint: 'The provider has to correct the service metadata and publish it again.',
  });
}
