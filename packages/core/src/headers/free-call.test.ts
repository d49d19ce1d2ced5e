import { expect, test } from 'vitest';
import { getFrom, wireHeaders } from '../../test/headers.ts';
import { daemonVectors, sdkVectors } from '../../test/vectors.ts';
import { hexToBytes } from '../bytes/hex.ts';
import { encodeFreeCallHeaders, parseFreeCallHeaders } from './free-call.ts';

const vector = sdkVectors.request_headers['free-call'];
const hex = (name: string) => hexToBytes((vector[name] as { hex: string }).hex);
const call = {
  address: vector['snet-free-call-user-address'] as string,
  block: 7654321n,
  signature: hex('snet-payment-channel-signature-bin'),
  token: hex('snet-free-call-auth-token-bin'),
};

test('default', () => {
  const entries = encodeFreeCallHeaders(call);
  expect(entries.map(([name]) => name).sort()).toEqual(Object.keys(vector).sort());
  for (const [name, value] of entries) {
    expect(value).toEqual(typeof value === 'string' ? vector[name] : hex(name));
  }
  expect(parseFreeCallHeaders(getFrom(entries))).toEqual(call);
});

test('behavior: the example on the wire', () => {
  const parsed = parseFreeCallHeaders(
    getFrom(wireHeaders(daemonVectors.metadataExamples.freeCall)),
  );
  const find = (name: string) => daemonVectors.signatures.find((one) => one.name === name)!;
  expect(parsed).toEqual({
    address: '0x101A018fE784bF01d538b5d4dfA311d047DBA491',
    block: 99n,
    signature: hexToBytes(find('free_call_request').signatureWeb3_v27_28),
    token: hexToBytes(find('free_call_token_issued').token!),
  });
});

test('behavior: the spelling of the address is kept', () => {
  const address = call.address.toLowerCase();
  expect(parseFreeCallHeaders(getFrom(encodeFreeCallHeaders({ ...call, address })))).toMatchObject({
    address,
  });
});

test('args: userId', () => {
  const entries = encodeFreeCallHeaders({ ...call, userId: 'user@example.com' });
  expect(entries).toContainEqual(['snet-free-call-user-id', 'user@example.com']);
  expect(parseFreeCallHeaders(getFrom(entries))).toEqual({ ...call, userId: 'user@example.com' });
  expect(encodeFreeCallHeaders({ ...call, userId: '' })).toEqual(encodeFreeCallHeaders(call));
});

test('behavior: a repeated user id counts as none', () => {
  const get = getFrom(encodeFreeCallHeaders(call));
  const repeated = (name: string) => (name === 'snet-free-call-user-id' ? ['a', 'b'] : get(name));
  expect(parseFreeCallHeaders(repeated)).toEqual(call);
});

test('error: the first missing header in the order address, block, signature, token is named', () => {
  const entries = encodeFreeCallHeaders(call).slice(1);
  for (const [given, [name]] of entries.entries()) {
    const get = getFrom(entries.slice(0, given));
    expect(() => parseFreeCallHeaders(get)).toThrow(`missing "${name}"`);
  }
});
