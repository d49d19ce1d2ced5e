import { expect, test } from 'vitest';
import { catchError } from '../../test/catch-error.ts';
import { getFrom } from '../../test/headers.ts';
import { paymentTypes } from './names.ts';
import { parsePaymentType } from './payment-type.ts';

const name = 'snet-payment-type';

test('default', () => {
  expect(parsePaymentType(getFrom({}))).toBe('escrow');
});

test.each(Object.values(paymentTypes))('behavior: %s', (type) => {
  expect(parsePaymentType(getFrom({ [name]: [type] }))).toBe(type);
});

test('behavior: the first value wins', () => {
  expect(parsePaymentType(getFrom({ [name]: ['free-call', 'escrow'] }))).toBe('free-call');
});

test('args: fallback and served', () => {
  const options = { fallback: paymentTypes.train, served: [paymentTypes.train] };
  expect(parsePaymentType(getFrom({}), options)).toBe('train-call');
  const get = getFrom({ [name]: ['escrow'] });
  expect(() => parsePaymentType(get, options)).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: unexpected "snet-payment-type", value: "escrow"
    Place: header snet-payment-type
    Expected: train-call]
  `);
});

test.each(['', 'Escrow', 'toString', 'x'])('error: %j', (value) => {
  const error = catchError(() => parsePaymentType(getFrom({ [name]: [value] })));
  expect(error.code).toBe('PAYMENT_TYPE_UNEXPECTED');
  expect(error.shortMessage).toBe(`unexpected "snet-payment-type", value: "${value}"`);
});
