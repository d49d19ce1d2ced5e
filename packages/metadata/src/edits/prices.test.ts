import { type JsonObject, maxUint256 } from '@snetkit/core';
import { describe, expect, test } from 'vitest';
import { catchError } from '../../test/catch-error.ts';
import { groupName, service } from '../../test/edit-documents.ts';
import { peek } from '../documents/peek.ts';
import { removeMethodPrice } from './remove-method-price.ts';
import { setFixedPrice } from './set-fixed-price.ts';
import { setMethodPrice } from './set-method-price.ts';

const pricing = (document: JsonObject) => peek(document, 'groups', 0, 'pricing');
const method = (methodName: string, serviceName = 'Calculator') => ({
  groupName,
  packageName: 'example_service',
  serviceName,
  methodName,
});
const list = (...methods: readonly [string, number][]) =>
  methods.map(([method_name, price_in_cogs]) => ({ method_name, price_in_cogs }));

describe('setFixedPrice', () => {
  test('default', () => {
    const document = setFixedPrice(service(), { groupName, priceInCogs: maxUint256 });
    expect(pricing(document)).toEqual([
      { default: true, price_model: 'fixed_price', price_in_cogs: maxUint256 },
    ]);
    expect(setFixedPrice(document, { groupName, priceInCogs: 1n })).toEqual(service());
  });

  test('behavior: only the entry that counts is changed, and what it has besides stays', () => {
    const other = { default: false, price_model: 'fixed_price', price_in_cogs: 5 };
    const own = { x: 1, default: true, price_model: 'fixed_price', price_in_cogs: 5 };
    const document = service({ path: '/groups/0/pricing', value: [other, own] });
    expect(pricing(setFixedPrice(document, { groupName, priceInCogs: 6n }))).toEqual([
      other,
      { ...own, price_in_cogs: 6 },
    ]);
  });

  test('behavior: a new default stands first, where official clients look', () => {
    const other = { default: false, price_model: 'fixed_price', price_in_cogs: 5 };
    const document = service({ path: '/groups/0/pricing', value: [other] });
    expect(pricing(setFixedPrice(document, { groupName, priceInCogs: 6n }))).toEqual([
      { price_model: 'fixed_price', default: true, price_in_cogs: 6 },
      other,
    ]);
  });

  test.each([
    [-1n, '-1'],
    [maxUint256 + 1n, 'more than 2^256 - 1'],
  ])('error: %s cogs', async (priceInCogs, found) => {
    const error = await catchError(() => setFixedPrice(service(), { groupName, priceInCogs }));
    expect(error.message).toBe(`This is not a price.
Place: service metadata, /groups/0/pricing
Expected: cogs from 0 to 2^256 - 1
Found: ${found}`);
  });
});

describe('setMethodPrice', () => {
  const one = setMethodPrice(service(), { ...method('add'), priceInCogs: 2n, replace: true });

  test('default', () => {
    expect(pricing(one)).toEqual([
      {
        price_model: 'fixed_price_per_method',
        default: true,
        package_name: 'example_service',
        details: [{ service_name: 'Calculator', method_pricing: list(['add', 2]) }],
      },
    ]);
    const three = [method('mul'), method('eval', 'Parser')].reduce(
      (result, next) => setMethodPrice(result, { ...next, priceInCogs: 3n }),
      one,
    );
    expect(peek(three, 'groups', 0, 'pricing', 0, 'details')).toEqual([
      { service_name: 'Calculator', method_pricing: list(['add', 2], ['mul', 3]) },
      { service_name: 'Parser', method_pricing: list(['eval', 3]) },
    ]);
  });

  test('behavior: the same method again changes its price', () => {
    const again = setMethodPrice(one, { ...method('add'), priceInCogs: 9n });
    expect(peek(again, 'groups', 0, 'pricing', 0, 'details')).toEqual([
      { service_name: 'Calculator', method_pricing: list(['add', 9]) },
    ]);
  });

  test('behavior: removing what was added gives the document of before', () => {
    for (const next of [method('mul'), method('eval', 'Parser')]) {
      expect(removeMethodPrice(setMethodPrice(one, { ...next, priceInCogs: 3n }), next)).toEqual(
        one,
      );
    }
  });

  test('error: the other kind of price is not replaced unasked', async () => {
    const error = await catchError(() =>
      setMethodPrice(service(), { ...method('add'), priceInCogs: 2n }),
    );
    expect(error.message).toBe(`The group has prices of another kind, and only one kind counts.
Place: service metadata, /groups/0/pricing/0/price_model
Expected: "fixed_price_per_method"
Found: "fixed_price"
Fix: Ask for the other prices to be replaced.`);
    const back = await catchError(() => setFixedPrice(one, { groupName, priceInCogs: 1n }));
    expect(back.found).toBe('"fixed_price_per_method"');
    expect(pricing(setFixedPrice(one, { groupName, priceInCogs: 1n, replace: true }))).toEqual([
      { price_model: 'fixed_price', default: true, price_in_cogs: 1 },
    ]);
  });

  test('error: a second package', async () => {
    const error = await catchError(() =>
      setMethodPrice(one, { ...method('add'), packageName: 'x', priceInCogs: 2n }),
    );
    expect(error.message).toBe(`All methods with prices belong to one package.
Place: service metadata, /groups/0/pricing
Expected: "example_service"
Found: "x"`);
  });

  test('error: no name', async () => {
    const error = await catchError(() => setMethodPrice(one, { ...method(''), priceInCogs: 2n }));
    expect(error.shortMessage).toBe('There is no method_name.');
  });

  test('error: no such price, and the last one', async () => {
    const unknown = await catchError(() => removeMethodPrice(one, method('mul')));
    expect(unknown.message).toBe(`The method has no price.
Place: service metadata, /groups/0/pricing
Found: /example_service.Calculator/mul`);
    const last = await catchError(() => removeMethodPrice(one, method('add')));
    expect(last.place).toBe('service metadata, /groups/0/pricing/0/details');
  });
});
