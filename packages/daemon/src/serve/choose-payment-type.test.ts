import { expect, test } from 'vitest';
import { PaymentRefusal } from '../call/payment-refusal.ts';
import type { Metadata } from '../call/status.ts';
import { unpaid } from '../payments/unpaid.ts';
import { choosePaymentType } from './choose-payment-type.ts';

const escrow = { ...unpaid, name: 'escrow' };
const trainCall = { ...unpaid, name: 'train-call' };
const types = { escrow, 'train-call': trainCall };

function choose(metadata: Metadata, path = '/a.B/C') {
  return choosePaymentType({ path, metadata, peer: { address: '127.0.0.1' } }, types);
}

function refusalOf(metadata: Metadata, path?: string) {
  try {
    return `${choose(metadata, path).name} is served`;
  } catch (cause) {
    expect(cause).toBeInstanceOf(PaymentRefusal);
    return (cause as PaymentRefusal).status;
  }
}

test.each([[{}], [{ 'snet-payment-type': 'escrow' }], [{ 'snet-payment-type': ['escrow', 'x'] }]])(
  'default: %j pays by escrow',
  (metadata) => {
    expect(choose(metadata)).toBe(escrow);
  },
);

test('behavior: train-call for a call of the service', () => {
  expect(choose({ 'snet-payment-type': 'train-call' })).toBe(trainCall);
});

test.each(['free-call', 'prepaid-call', 'X', ''])('error: "%s" is not served', (value) => {
  expect(refusalOf({ 'snet-payment-type': value })).toEqual({
    code: 3,
    message: `unexpected "snet-payment-type", value: "${value}"`,
  });
});

test.each(['validate_model', 'train_model'])('behavior: %s takes train-call only', (method) => {
  const path = `/training.Daemon/${method}`;
  expect(choose({}, path)).toBe(trainCall);
  expect(choose({ 'snet-payment-type': 'train-call' }, path)).toBe(trainCall);
  for (const value of ['escrow', 'free-call', 'prepaid-call']) {
    expect(refusalOf({ 'snet-payment-type': value }, path)).toEqual({
      code: 3,
      message: `unexpected "snet-payment-type", value: "${value}"`,
    });
  }
});

test('behavior: upload_and_validate takes a channel only, and costs what training costs', () => {
  const path = '/training.Daemon/upload_and_validate';
  expect(choose({}, path)).toBe(trainCall);
  expect(choose({ 'snet-payment-type': 'escrow' }, path)).toBe(trainCall);
  expect(choose({ 'snet-payment-type': 'train-call' }, path)).toBe(trainCall);
  for (const value of ['free-call', 'prepaid-call']) {
    expect(refusalOf({ 'snet-payment-type': value }, path)).toEqual({
      code: 3,
      message: `unexpected "snet-payment-type", value: "${value}"`,
    });
  }
});
