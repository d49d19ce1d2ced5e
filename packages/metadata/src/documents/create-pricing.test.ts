import { maxUint256 } from '@snetkit/core';
import { expect, test } from 'vitest';
import { catchError } from '../../test/catch-error.ts';
import { vectors } from '../../test/vectors.ts';
import { createPricing } from './create-pricing.ts';
import { getPrice } from './pricing.ts';
import type { PricingEntry } from './service-metadata.ts';

const fixed: PricingEntry = {
  priceModel: 'fixed_price',
  default: true,
  priceInCogs: 7n,
  packageName: '',
  details: [],
};

function perMethod(
  packageName: string,
  ...methods: readonly [string, string, bigint | undefined][]
) {
  return {
    ...fixed,
    priceModel: 'fixed_price_per_method',
    priceInCogs: undefined,
    packageName,
    details: methods.map(([serviceName, methodName, priceInCogs]) => ({
      serviceName,
      methodPricing: [{ methodName, priceInCogs }],
    })),
  };
}

test('default: fixed price', () => {
  expect(getPrice(createPricing([fixed]), '/any.Service/method')).toBe(7n);
});

test.each(vectors.method_price_keys)('vector: $full_method', async (vector) => {
  const { package_name, service_name, method_name, full_method } = vector;
  const pricing = createPricing([perMethod(package_name, [service_name, method_name, 5n])]);
  expect(getPrice(pricing, full_method)).toBe(5n);
  const error = await catchError(() => getPrice(pricing, `${full_method}x`));
  expect(error.code).toBe('PRICE_NOT_DEFINED');
  expect(error.message).toBe(`price is not defined for the Method ${full_method}x`);
});

test('behavior: the first default entry counts, and no other', () => {
  const entries = [
    { ...fixed, default: false, priceModel: 'method_price' },
    { ...fixed, priceInCogs: 2n },
    { ...fixed, priceInCogs: 3n },
  ];
  expect(getPrice(createPricing(entries), '/a.B/c')).toBe(2n);
});

test('behavior: the last price of a method counts', () => {
  const pricing = createPricing([perMethod('p', ['S', 'm', 1n], ['S', 'n', 2n], ['S', 'm', 3n])]);
  expect(getPrice(pricing, '/p.S/m')).toBe(3n);
});

test('error: no default entry', async () => {
  const error = await catchError(() => createPricing([{ ...fixed, default: false }]));
  expect(error.code).toBe('PRICING_INVALID');
  expect(error.message).toBe(`The price list of the service has no default entry.
Place: pricing
Expected: an entry with "default": true
Found: 1 entries without it
Fix: The provider has to correct the service metadata and publish it again.`);
});

test('error: an unknown model', async () => {
  const entries = [
    { ...fixed, default: false },
    { ...fixed, priceModel: 'method_price' },
  ];
  const error = await catchError(() => createPricing(entries, { place: 'S, /groups/0/pricing' }));
  expect(error.message).toBe(`The price list of the service has an unknown model.
Place: S, /groups/0/pricing/1/price_model
Expected: fixed_price or fixed_price_per_method
Found: "method_price"
Fix: The provider has to correct the service metadata and publish it again.`);
});

test('error: a table without methods', async () => {
  const error = await catchError(() => createPricing([perMethod('p')]));
  expect(error.shortMessage).toBe('The price list of the service has no method.');
  expect(error.place).toBe('pricing/0/details');
});

test.each([
  [undefined, 'nothing'],
  [-1n, '-1'],
  [maxUint256 + 1n, 'more than 2^256 - 1'],
])('error: price %s', async (price, found) => {
  const one = await catchError(() => createPricing([{ ...fixed, priceInCogs: price }]));
  expect(one.message).toBe(`The price list of the service has no usable price.
Place: pricing/0/price_in_cogs
Expected: cogs from 0 to 2^256 - 1
Found: ${found}
Fix: The provider has to correct the service metadata and publish it again.`);
  const table = await catchError(() => createPricing([perMethod('', ['S', 'm', price])]));
  expect(table.place).toBe('pricing/0/details/0/method_pricing/0/price_in_cogs');
});
