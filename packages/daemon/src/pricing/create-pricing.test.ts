import { expect, test } from 'vitest';
import { PaymentRefusal } from '../call/payment-refusal.ts';
import { createPricing } from './create-pricing.ts';

test('default: a fixed price is that of every method', () => {
  const pricing = createPricing({ pricing: { model: 'fixed_price', priceInCogs: 10n ** 18n } });
  expect(pricing.getPrice('/any.Service/any')).toBe(10n ** 18n);
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
  expect(perMethod.getPrice('/example.Calculator/add')).toBe(3n);
  expect(perMethod.getPrice('/example.Calculator/sub')).toBe(0n);
});

test('error: a method without a price is refused with 13', () => {
  let refusal: unknown;
  try {
    perMethod.getPrice('/example.Calculator/mul');
  } catch (cause) {
    refusal = cause;
  }
  expect(refusal).toBeInstanceOf(PaymentRefusal);
  expect((refusal as PaymentRefusal).status).toEqual({
    code: 13,
    message: 'internal error: price is not defined for the Method /example.Calculator/mul',
  });
});
