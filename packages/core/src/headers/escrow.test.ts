import fc from 'fast-check';
import { expect, test } from 'vitest';
import { catchError } from '../../test/catch-error.ts';
import { getFrom, wireHeaders } from '../../test/headers.ts';
import { daemonVectors, sdkVectors } from '../../test/vectors.ts';
import { hexToBytes } from '../bytes/hex.ts';
import { maxUint256 } from '../bytes/uint256.ts';
import { encodeEscrowHeaders, parseEscrowHeaders } from './escrow.ts';

const channelId = 'snet-payment-channel-id';
const nonce = 'snet-payment-channel-nonce';
const amount = 'snet-payment-channel-amount';
const signature = 'snet-payment-channel-signature-bin';

const vector = sdkVectors.request_headers.escrow;
const bytes = hexToBytes((vector[signature] as { hex: string }).hex);
const payment = { channelId: 42n, nonce: 3n, amount: 12345n, signature: bytes };
const good = { [channelId]: ['42'], [nonce]: ['3'], [amount]: ['12345'], [signature]: [bytes] };

test('default', () => {
  const entries = encodeEscrowHeaders(payment);
  expect(entries).toEqual([
    ['snet-payment-type', 'escrow'],
    [channelId, '42'],
    [nonce, '3'],
    [amount, '12345'],
    [signature, bytes],
  ]);
  for (const [name, value] of entries) {
    const expected = vector[name];
    if (typeof value === 'string') expect(value).toBe(expected);
    else expect(value).toEqual(hexToBytes((expected as { hex: string }).hex));
  }
  expect(parseEscrowHeaders(getFrom(entries))).toEqual(payment);
});

test('behavior: a signature in base64, padded or not, is the same', () => {
  const { base64 } = vector[signature] as { base64: string };
  expect(base64).toMatch(/[^=]=$/);
  for (const text of [base64, base64.slice(0, -1)]) {
    expect(parseEscrowHeaders(getFrom({ ...good, [signature]: [text] }))).toEqual(payment);
  }
});

test('behavior: the example on the wire', () => {
  const headers = wireHeaders(daemonVectors.metadataExamples.escrow);
  const parsed = parseEscrowHeaders(getFrom(headers));
  const signed = daemonVectors.signatures.find(({ name }) => name === 'escrow_payment_42_3_12345');
  expect(parsed).toEqual({
    channelId: 42n,
    nonce: 3n,
    amount: 12345n,
    signature: hexToBytes(signed!.signatureWeb3_v27_28),
  });
});

test('behavior: reads back what it writes', () => {
  const number = fc.bigInt({ min: 0n, max: maxUint256 });
  const any = fc.record({
    channelId: number,
    nonce: number,
    amount: number,
    signature: fc.uint8Array(),
  });
  fc.assert(
    fc.property(any, (fields) => {
      expect(parseEscrowHeaders(getFrom(encodeEscrowHeaders(fields)))).toEqual(fields);
    }),
  );
});

test('behavior: numbers as bytes are read as text', () => {
  const numbers = { ...good, [amount]: [new TextEncoder().encode('12345')] };
  expect(parseEscrowHeaders(getFrom(numbers))).toEqual(payment);
});

test('args: mpe', () => {
  const mpe = vector['snet-payment-mpe-address (optional, sent by cli/web/training)'] as string;
  expect(encodeEscrowHeaders({ ...payment, mpe }).at(-1)).toEqual([
    'snet-payment-mpe-address',
    mpe,
  ]);
});

test.each([channelId, nonce, amount, signature])('error: %s is missing', (name) => {
  const error = catchError(() => parseEscrowHeaders(getFrom({ ...good, [name]: [] })));
  expect(error.code).toBe('HEADER_MISSING');
  expect(error.shortMessage).toBe(`missing "${name}"`);
});

test('error: the first missing header in the order id, nonce, amount, signature is named', () => {
  const names = [channelId, nonce, amount, signature];
  for (let given = 0; given < names.length; given++) {
    const headers = Object.fromEntries(Object.entries(good).slice(0, given));
    expect(() => parseEscrowHeaders(getFrom(headers))).toThrow(`missing "${names[given]}"`);
  }
});

test.each([channelId, nonce, amount])('error: %s is given twice', (name) => {
  const error = catchError(() => parseEscrowHeaders(getFrom({ ...good, [name]: ['a', 'b'] })));
  expect(error.code).toBe('HEADER_REPEATED');
  expect(error.shortMessage).toBe(`too many values for key "${name}": [a b]`);
});

test('error: the signature is given twice, and not shown', () => {
  const error = catchError(() =>
    parseEscrowHeaders(getFrom({ ...good, [signature]: [bytes, 'AAAA'] })),
  );
  expect(error.shortMessage).toBe(
    `too many values for key "${signature}": [65 bytes 4 characters]`,
  );
});

/** What the official daemon reads as a number although it is no plain decimal; refused here. */
const refusals = ['0x2a', '0b11', '0o17', '1_000', '+7', '-5'];

test.each(daemonVectors.bigIntHeaderParsing)(
  'behavior: a number written as %j',
  ({ header, value }) => {
    const parse = () => parseEscrowHeaders(getFrom({ ...good, [amount]: [header] })).amount;
    if (value === 'error' || refusals.includes(header)) {
      const error = catchError(parse);
      expect(error.code).toBe('HEADER_INVALID');
      expect(error.shortMessage).toBe(`incorrect format "${amount}": "${header}"`);
      return;
    }
    // 042 is 34 for the official daemon, which takes it for octal. It is decimal here.
    expect(parse()).toBe(header === '042' ? 42n : BigInt(value));
  },
);

test.each([channelId, nonce, amount])('error: %s above 2^256 - 1', (name) => {
  const text = (maxUint256 + 1n).toString();
  const error = catchError(() => parseEscrowHeaders(getFrom({ ...good, [name]: [text] })));
  expect(error.shortMessage).toBe(`incorrect format "${name}": "${text}"`);
  expect(() => parseEscrowHeaders(getFrom({ ...good, [name]: [`${maxUint256}`] }))).not.toThrow();
});

test('behavior: leading zeros count, up to the 78 digits that the largest number has', () => {
  const parse = (digits: number) =>
    parseEscrowHeaders(getFrom({ ...good, [amount]: ['42'.padStart(digits, '0')] })).amount;
  expect(parse(78)).toBe(42n);
  expect(() => parse(79)).toThrow(`incorrect format "${amount}": "${'42'.padStart(79, '0')}"`);
});

test('error: a megabyte of digits does not come back', () => {
  const error = catchError(() =>
    parseEscrowHeaders(getFrom({ ...good, [channelId]: ['1'.repeat(1_000_000)] })),
  );
  expect(error.shortMessage).toBe(`incorrect format "${channelId}": "${'1'.repeat(200)}..."`);
});

test.each(['AQID,AQID', 'not base64!', '-_8='])('error: the signature is %j', (text) => {
  const error = catchError(() => parseEscrowHeaders(getFrom({ ...good, [signature]: [text] })));
  expect(error.shortMessage).toBe(`incorrect format "${signature}": "${text.length} characters"`);
});

test('error: a number that a daemon would refuse is not written', () => {
  expect(() =>
    encodeEscrowHeaders({ ...payment, amount: -1n }),
  ).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: The number is not an unsigned 256-bit integer.
    Place: header snet-payment-channel-amount
    Expected: a bigint from 0 to 2^256 - 1
    Found: -1]
  `);
});
