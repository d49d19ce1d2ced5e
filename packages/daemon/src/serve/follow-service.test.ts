import { BaseError } from '@snetkit/core';
import type { ResolvedService } from '@snetkit/metadata';
import { expect, test } from 'vitest';
import { createManualTimers } from '../../test/chain/manual-timers.ts';
import { type FollowServiceOptions, followService, type ServiceUris } from './follow-service.ts';
import { createPublishedService } from './published-service.ts';

function published(serviceUri: string, priceInCogs = 1n): ResolvedService {
  const group = { pricing: { model: 'fixed_price', priceInCogs } };
  return { organizationUri: 'o', serviceUri, group, protoFiles: new Map() } as never;
}

/** A follower of a registry that the test writes. */
function open(change: Partial<FollowServiceOptions> = {}) {
  const timers = createManualTimers();
  const stop = new AbortController();
  const state = createPublishedService(published('1'));
  const registry = {
    uris: async (): Promise<ServiceUris> => ({ organizationUri: 'o', serviceUri: '1' }),
    resolve: async (): Promise<ResolvedService> => published('2', 2n),
    resolved: 0,
  };
  const lines: unknown[] = [];
  const counters = { metadataRefused: 0 };
  const log = (fields: object, message?: string) => void lines.push({ ...fields, message });
  const follower = followService({
    published: state,
    readUris: () => registry.uris(),
    resolve: () => {
      registry.resolved += 1;
      return registry.resolve();
    },
    describeLasting: () => undefined,
    intervalMs: 1_000,
    timers,
    signal: stop.signal,
    counters,
    log: { info: log, error: log, debug: () => {} } as never,
    ...change,
  });
  return { timers, stop, state, registry, lines, counters, follower };
}

const newUri = async (): Promise<ServiceUris> => ({ organizationUri: 'o', serviceUri: '2' });

test('default: what is known is not read again', async () => {
  const { follower, registry, lines } = open();
  await follower.look();
  expect({ resolved: registry.resolved, lines }).toEqual({ resolved: 0, lines: [] });
});

test('behavior: good documents count, and are told', async () => {
  const { follower, registry, state, lines } = open();
  registry.uris = newUri;
  let told = 0;
  state.subscribe(() => {
    told += 1;
  });
  await follower.look();
  expect(state.service.serviceUri).toBe('2');
  expect(state.pricing.getPrice({} as never)).toBe(2n);
  expect(told).toBe(1);
  expect(lines).toEqual([
    {
      event: 'metadata',
      organizationUri: 'o',
      serviceUri: '2',
      prices: '2',
      message: 'New metadata count',
    },
  ]);
});

test('behavior: bad documents are told once, tried again, and good ones end the trouble', async () => {
  const { follower, registry, state, lines, counters } = open();
  registry.uris = newUri;
  const good = registry.resolve;
  registry.resolve = () => Promise.reject(new BaseError('JSON_INVALID', 'It is no JSON.'));
  await follower.look();
  await follower.look();
  expect(state).toMatchObject({ problem: 'It is no JSON.', service: { serviceUri: '1' } });
  expect(counters).toEqual({ metadataRefused: 1 });
  expect(lines).toMatchObject([
    { event: 'metadata', reason: 'It is no JSON.', serviceUri: '1', prices: '1' },
  ]);
  registry.resolve = good;
  await follower.look();
  expect(state).toMatchObject({ problem: undefined, service: { serviceUri: '2' } });
  expect(counters).toEqual({ metadataRefused: 0 });
});

test('behavior: the old documents, registered again, end the trouble, too', async () => {
  const { follower, registry, state, counters } = open({ describeLasting: () => 'x changed' });
  const old = registry.uris;
  registry.uris = newUri;
  await follower.look();
  expect(state).toMatchObject({ problem: 'x changed', service: { serviceUri: '1' } });
  registry.uris = old;
  await follower.look();
  expect(state.problem).toBe(undefined);
  expect(counters).toEqual({ metadataRefused: 0 });
});

test('behavior: a node that does not answer says nothing about documents', async () => {
  const { follower, registry, state, lines } = open();
  registry.uris = () => Promise.reject(new BaseError('TIMED_OUT', 'It did not answer.'));
  await follower.look();
  expect({ problem: state.problem, lines }).toEqual({ problem: undefined, lines: [] });
});

test('behavior: a service that is gone from the Registry is still served, and that is told', async () => {
  const { follower, registry, state } = open();
  registry.uris = () =>
    Promise.reject(new BaseError('NOT_REGISTERED', 'The service is not registered.'));
  await follower.look();
  expect(state).toMatchObject({
    problem: 'The service is not registered.',
    service: { serviceUri: '1' },
  });
});

test('behavior: looks at intervals, one at a time, until it is ended', async () => {
  const { timers, stop, registry, follower } = open();
  let asked = 0;
  let answer = () => {};
  registry.uris = () => {
    asked += 1;
    return new Promise((resolve) => {
      answer = () => resolve({ organizationUri: 'o', serviceUri: '1' });
    });
  };
  expect(timers.delays).toEqual([1_000]);
  timers.advance(1_000);
  const other = follower.look();
  expect({ asked, delays: timers.delays }).toEqual({ asked: 1, delays: [] });
  answer();
  await other;
  await Promise.resolve();
  expect(timers.delays).toEqual([1_000]);
  stop.abort();
  expect(timers.delays).toEqual([]);
});

test('args: an interval of 0 never looks by itself', () => {
  expect(open({ intervalMs: 0 }).timers.delays).toEqual([]);
});
