import { expect, test } from 'vitest';
import type { PricedCall } from '../call/handle-call.ts';
import { PaymentRefusal } from '../call/payment-refusal.ts';
import { createPricing } from './create-pricing.ts';

const callOf = (path: string): PricedCall => ({
  head: { path, metadata: {}, peer: { address: '127.0.0.1' } },
  left: new AbortController().signal,
  readFirst: () => Promise.resolve('left'),
});

test('default: a fixed price is that of every method', () => {
  const pricing = createPricing({ pricing: { model: 'fixed_price', priceInCogs: 10n ** 18n } });
  expect(pricing.getPrice(callOf('/any.Service/any'))).toBe(10n ** 18n);
});

const perMethod = createPricing({
  pricing: {
    model: 'fixed_price_per_method',
    methodPrices: new Map([
      ['/example.Calculator/add', 3n],
      ['/example.Calculator/sub', 0n],
    ]),
  },
});

test('behavior: each method has its own price, nothing among them', () => {
  expect(perMethod.getPrice(callOf('/example.Calculator/add'))).toBe(3n);
  expect(perMethod.getPrice(callOf('/example.Calculator/sub'))).toBe(0n);
});

test('error: a method without a price is refused with 13', () => {
  let refusal: unknown;
  try {
    perMethod.getPrice(callOf('/example.Calculator/mul'));
  } catch (cause) {
    refusal = cause;
  }
  expect(refusal).toBeInstanceOf(PaymentRefusal);
  expect((refusal as PaymentRefusal).status).toEqual({
    code: 13,
    message: 'internal error: price is not defined for the Method /example.Calculator/mul',
  });
});
