import { expect, test } from 'vitest';
import { PaymentRefusal } from '../call/payment-refusal.ts';
import type { Metadata } from '../call/status.ts';
import { unpaid } from '../payments/unpaid.ts';
import { choosePaymentType } from './choose-payment-type.ts';

const escrow = { ...unpaid, name: 'escrow' };
const types = { escrow, 'train-call': escrow };

function choose(metadata: Metadata) {
  return choosePaymentType({ path: '/a.B/C', metadata, peer: { address: '127.0.0.1' } }, types);
}

test.each([
  [{}],
  [{ 'snet-payment-type': 'escrow' }],
  [{ 'snet-payment-type': 'train-call' }],
  [{ 'snet-payment-type': ['escrow', 'x'] }],
])('default: %j pays by escrow', (metadata) => {
  expect(choose(metadata)).toBe(escrow);
});

test.each(['free-call', 'prepaid-call', 'X', ''])('error: "%s" is not served', (value) => {
  let refusal: unknown;
  try {
    choose({ 'snet-payment-type': value });
  } catch (cause) {
    refusal = cause;
  }
  expect(refusal).toBeInstanceOf(PaymentRefusal);
  expect((refusal as PaymentRefusal).status).toEqual({
    code: 3,
    message: `unexpected "snet-payment-type", value: "${value}"`,
  });
});
