import { beforeEach, expect, test } from 'vitest';
import { limitSettings } from '../../test/admission/limit-settings.ts';
import { vectors } from '../../test/admission/vectors.ts';
import type { CallHead } from '../call/exchange.ts';
import type { EndStatus, Metadata } from '../call/status.ts';
import { createRateLimits, type LimitKind, type LimitSettings } from './rate-limits.ts';

const text = 'rate limiting , too many requests to handle';
const alice = { address: '0x101A018fE784bF01d538b5d4dfA311d047DBA491' };
const bob = { address: '0x94d04332C4f5273feF69c4a52D24f42a3aF1F207' };

let time: number;
let refused: LimitKind[];

beforeEach(() => {
  time = 0;
  refused = [];
});

function open(changes: Partial<LimitSettings>) {
  return createRateLimits({
    settings: limitSettings(changes),
    now: () => time,
    onLimited: (kind) => refused.push(kind),
  });
}

function headOf(address = '192.0.2.1', metadata: Metadata = {}): CallHead {
  return { path: '/a.B/C', metadata, peer: { address } };
}

const retryAfter = (status: EndStatus | undefined) => status?.trailers?.['retry-after'];

test('default: without settings nobody is refused', () => {
  const limits = open({});
  for (let at = 0; at < 500; at++) {
    expect(limits.admitCall(headOf()) ?? limits.admitPayer(alice)).toBeUndefined();
    const request = { peer: '192.0.2.1', metadata: {}, isCheck: false };
    expect(limits.admitRequest(request)).toBeUndefined();
  }
  expect(refused).toEqual([]);
});

test('args: 0 and nothing are no limit, as in the official daemon', () => {
  const unlimited = vectors.rateLimitIntervals.filter(({ interval }) => interval === 'unlimited');
  expect(unlimited.map((one) => one.rate_limit_per_minute)).toEqual(['(absent)', '0', 'abc']);
  const limits = open({ rate_limit_per_minute: 0, burst_size: 0 });
  expect(limits.admitCall(headOf()) ?? limits.admitPayer(alice)).toBeUndefined();
});

test('behavior: the limit of the service counts calls of payers, in the words of the official daemon', () => {
  const limits = open({ rate_limit_per_minute: 30, burst_size: 2 });
  for (const payer of [alice, bob]) {
    expect(limits.admitCall(headOf())).toBeUndefined();
    expect(limits.admitPayer(payer)).toBeUndefined();
  }
  expect(limits.admitCall(headOf())).toMatchObject({ code: 8, message: text });
  expect(limits.admitPayer(alice)).toMatchObject({ code: 8, message: text });
  expect(refused).toEqual(['service', 'service']);
  time = 2_000;
  expect(limits.admitCall(headOf()) ?? limits.admitPayer(alice)).toBeUndefined();
});

test('behavior: calls that nobody has paid yet use nothing up but what their address has', () => {
  const limits = open({
    rate_limit_per_minute: 1,
    burst_size: 1,
    address_rate_limit_per_minute: 5,
  });
  for (let at = 0; at < 5; at++) expect(limits.admitCall(headOf())).toBeUndefined();
  expect(limits.admitCall(headOf())).toMatchObject({ code: 8 });
  expect(refused).toEqual(['address']);
  expect(limits.admitCall(headOf('192.0.2.2')) ?? limits.admitPayer(alice)).toBeUndefined();
});

test('behavior: each payer has a limit of his own, however his address is spelled', () => {
  const limits = open({ payer_rate_limit_per_minute: 1 });
  expect(limits.admitPayer(alice)).toBeUndefined();
  const spelled = { address: alice.address.toLowerCase() };
  expect(retryAfter(limits.admitPayer(spelled))).toBe('60');
  expect(limits.admitPayer(bob)).toBeUndefined();
  expect(refused).toEqual(['payer']);
});

test('behavior: the users in whose names a marketplace signs have limits of their own', () => {
  const limits = open({ payer_rate_limit_per_minute: 1 });
  expect(limits.admitPayer({ ...alice, userId: 'one' })).toBeUndefined();
  expect(limits.admitPayer({ ...alice, userId: 'two' })).toBeUndefined();
  expect(limits.admitPayer({ ...alice, userId: 'one' })).toMatchObject({ code: 8 });
  expect(limits.admitPayer({ ...alice, userId: '' })).toBeUndefined();
  expect(limits.admitPayer(alice)).toMatchObject({ code: 8 });
});

test('behavior: a payer who is refused takes nothing of the others, and nothing of his own', () => {
  const limits = open({
    rate_limit_per_minute: 60,
    burst_size: 3,
    payer_rate_limit_per_minute: 6,
    payer_burst_size: 1,
  });
  expect(limits.admitPayer(alice)).toBeUndefined();
  for (let at = 0; at < 10; at++) expect(limits.admitPayer(alice)).toMatchObject({ code: 8 });
  expect(limits.admitPayer(bob)).toBeUndefined();
  expect(limits.admitPayer(undefined)).toBeUndefined();
  // The service is full, for a second; the payer of the refused call keeps his one.
  const carol = { address: '0x01' };
  expect(retryAfter(limits.admitPayer(carol))).toBe('1');
  time = 1_000;
  expect(limits.admitPayer(carol)).toBeUndefined();
  expect(retryAfter(limits.admitPayer(carol))).toBe('10');
});

test('behavior: an address is the /64 of IPv6, and what a proxy says only if it is trusted', () => {
  const limits = open({
    address_rate_limit_per_minute: 1,
    trusted_proxies: [{ address: '10.0.0.0', prefix: 8, family: 'ipv4' }],
  });
  expect(limits.admitCall(headOf('2001:db8::1'))).toBeUndefined();
  expect(limits.admitCall(headOf('2001:db8::2'))).toMatchObject({ code: 8 });
  const forwarded = { 'x-forwarded-for': '198.51.100.7' };
  expect(limits.admitCall(headOf('192.0.2.1', forwarded))).toBeUndefined();
  expect(limits.admitCall(headOf('192.0.2.2', forwarded))).toBeUndefined();
  expect(limits.admitCall(headOf('192.0.2.1'))).toMatchObject({ code: 8 });
  expect(limits.admitCall(headOf('10.0.0.1', forwarded))).toBeUndefined();
  expect(limits.admitCall(headOf('10.0.0.2', forwarded))).toMatchObject({ code: 8 });
});

test('behavior: own services are limited by address, and health checks beside them', () => {
  const limits = open({ own_services_rate_limit_per_minute: 60, own_services_burst_size: 1 });
  const ask = (peer: string, isCheck = false) =>
    limits.admitRequest({ peer, metadata: {}, isCheck })?.code ?? 0;
  expect([ask('192.0.2.1'), ask('192.0.2.1'), ask('192.0.2.2')]).toEqual([0, 8, 0]);
  expect([ask('192.0.2.1', true), ask('192.0.2.1', true)]).toEqual([0, 8]);
  expect(refused).toEqual(['own', 'own']);
  expect(limits.admitCall(headOf())).toBeUndefined();
  limits.setReplicas(10);
  time = 1_000;
  expect(ask('192.0.2.1')).toBe(0);
});

test.each([
  ['service', { rate_limit_per_minute: 60, burst_size: 10 }],
  ['payer', { payer_rate_limit_per_minute: 60, payer_burst_size: 10 }],
  ['address', { address_rate_limit_per_minute: 60, address_burst_size: 10 }],
] as const)('behavior: replicas share the limit of each %s', (kind, settings) => {
  const replicas = [open(settings), open(settings)];
  for (const replica of replicas) replica.setReplicas(2);
  const useUp = () =>
    replicas.map((replica) => {
      let served = 0;
      while ((replica.admitCall(headOf()) ?? replica.admitPayer(alice)) === undefined) served += 1;
      return served;
    });
  expect(useUp()).toEqual([5, 5]);
  time = 1_000;
  expect(useUp()).toEqual([0, 0]);
  time = 2_000;
  expect(useUp()).toEqual([1, 1]);
  expect(new Set(refused)).toEqual(new Set([kind]));
});
