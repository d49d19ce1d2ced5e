import type { ResolvedService } from '@snetkit/metadata';
import { expect, test } from 'vitest';
import { describeLasting } from './describe-lasting.ts';

const address = (digit: string) => `0x${digit.repeat(40)}`;

function published(change: { service?: object; group?: object; protos?: string } = {}) {
  return {
    service: { serviceType: 'grpc', encoding: 'proto', ...change.service },
    group: {
      groupId: new Uint8Array(32),
      paymentAddress: address('a'),
      freeCallSignerAddress: undefined,
      ...change.group,
    },
    protoFiles: new Map([['a.proto', change.protos ?? 'syntax = "proto3";']]),
  } as unknown as ResolvedService;
}

const fixed = { enable_dynamic_pricing: false };

test.each<[string, Parameters<typeof published>[0], string | undefined]>([
  ['nothing', {}, undefined],
  ['prices and threshold', { group: { paymentExpirationThreshold: 9n, pricing: {} } }, undefined],
  ['another spelling', { group: { paymentAddress: address('A') } }, undefined],
  ['protos of bytes that are passed on', { protos: 'other' }, undefined],
  ['the group', { group: { groupId: new Uint8Array(32).fill(1) } }, 'group_id'],
  ['the recipient', { group: { paymentAddress: address('b') } }, 'payment_address'],
  ['two things', { service: { serviceType: 'http', encoding: 'json' } }, 'service_type, encoding'],
  [
    'the signer of free calls',
    { group: { freeCallSignerAddress: address('c') } },
    'free_call_signer_address',
  ],
])('default: %s', (_name, change, names) => {
  const text = names === undefined ? undefined : `${names} changed: start the daemon again`;
  expect(describeLasting(published(), published(change), fixed)).toBe(text);
});

test('behavior: who reads messages by the protos does not go on with others', () => {
  const json = { serviceType: 'jsonrpc' };
  const text = 'the protos changed: start the daemon again';
  const next = { service: json, protos: 'other' };
  expect(describeLasting(published({ service: json }), published(next), fixed)).toBe(text);
  const dynamic = { enable_dynamic_pricing: true };
  expect(describeLasting(published(), published({ protos: 'other' }), dynamic)).toBe(text);
});
