import { expect, test } from 'vitest';
import { catchError } from '../../test/catch-error.ts';
import { getFrom } from '../../test/headers.ts';
import { parseAllowedUserHeaders } from './allowed-user.ts';
import { encodeEscrowHeaders } from './escrow.ts';
import type { HeaderEntry } from './header-entry.ts';

const mpe = '0xdF8d4826E016aFA8803d94A716FEB70aD5D2B8Ac';
const payment = { channelId: 42n, nonce: 3n, amount: 12345n, signature: new Uint8Array(65), mpe };

test('default', () => {
  expect(parseAllowedUserHeaders(getFrom(encodeEscrowHeaders(payment)))).toEqual(payment);
});

test('behavior: the address may be in any case', () => {
  const entries = encodeEscrowHeaders({ ...payment, mpe: mpe.toLowerCase() });
  expect(parseAllowedUserHeaders(getFrom(entries)).mpe).toBe(mpe);
});

test('error: the first missing header in the order id, nonce, amount, mpe, signature is named', () => {
  const names = [
    'channel-id',
    'channel-nonce',
    'channel-amount',
    'mpe-address',
    'channel-signature-bin',
  ];
  const entries = new Map<string, HeaderEntry[1]>(encodeEscrowHeaders(payment));
  for (const [given, name] of names.entries()) {
    const some = new Set(names.slice(0, given).map((one) => `snet-payment-${one}`));
    const get = (key: string) => (some.has(key) ? [entries.get(key)!] : []);
    expect(() => parseAllowedUserHeaders(get)).toThrow(`missing "snet-payment-${name}"`);
  }
});

test.each([
  ['0x12', '0x12'],
  ['x'.repeat(100), '100 characters'],
])('error: the address is %s', (text, shown) => {
  const entries = encodeEscrowHeaders({ ...payment, mpe: text });
  const error = catchError(() => parseAllowedUserHeaders(getFrom(entries)));
  expect(error.code).toBe('HEADER_INVALID');
  expect(error.shortMessage).toBe(
    `Address is not a valid Hex address "snet-payment-mpe-address": ${shown}`,
  );
});
