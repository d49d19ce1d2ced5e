import { expect, test } from 'vitest';
import { catchError } from '../../test/catch-error.ts';
import { checkPrices } from './check-prices.ts';

const token = { symbol: 'FET', decimals: 18 };
const place = 'ipfs://Qm';
const methodPrices = new Map([
  ['/a.B/dear', 20n],
  ['/a.B/cheap', 10n],
]);

test('default', () => {
  const fixed = { model: 'fixed_price', priceInCogs: 10n } as const;
  checkPrices(fixed, { maxPrice: 10n, token, place });
  checkPrices(fixed, { maxPrice: undefined, token, place });
});

test('behavior: a price list passes when one method is cheap enough', () => {
  const list = { model: 'fixed_price_per_method', methodPrices } as const;
  checkPrices(list, { maxPrice: 10n, token, place });
});

test('error: too expensive', async () => {
  const fixed = { model: 'fixed_price', priceInCogs: 10n ** 18n } as const;
  const error = await catchError(() => checkPrices(fixed, { maxPrice: 10n ** 15n, token, place }));
  expect(error.message).toBe(
    [
      'The service costs more than the limit allows.',
      'Place: ipfs://Qm',
      'Expected: at most 0.001 FET a call',
      'Found: 1 FET',
      'Fix: Raise the limit, or use another service.',
    ].join('\n'),
  );
});

test('error: even the cheapest method is too expensive', async () => {
  const list = { model: 'fixed_price_per_method', methodPrices } as const;
  const error = await catchError(() => checkPrices(list, { maxPrice: 9n, token, place }));
  expect(error.found).toBe('from 0.00000000000000001 FET');
});
