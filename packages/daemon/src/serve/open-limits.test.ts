import { expect, test } from 'vitest';
import { testConfig } from '../../test/services/test-config.ts';
import type { RegisteredReplica } from '../group/list-replicas.ts';
import { createCounters } from '../observe/counters.ts';
import { openLimits } from './open-limits.ts';

function replicaOf(serviceId: string): RegisteredReplica {
  const place = { host: 'machine', endpoint: 'http://127.0.0.1:8080', version: 'v1' };
  return { owner: '00', serviceId, ...place, startedAt: 0, processId: 1 };
}

async function open(env: Record<string, string>) {
  const counters = createCounters();
  const lines: unknown[] = [];
  const log = {
    warn: (line: object) => lines.push(line),
    info: (line: object) => lines.push(line),
  };
  const limits = openLimits({ config: await testConfig(env), counters, log: log as never });
  const pay = () => limits.admitPayer(undefined)?.code ?? 0;
  return { limits, counters, lines, pay };
}

test('default: replicas of the same service share its limits, those of others do not', async () => {
  const env = { SNET_RATE_LIMIT_PER_MINUTE: '0.001', SNET_BURST_SIZE: '4' };
  const { limits, counters, lines, pay } = await open(env);
  limits.follow([replicaOf('my_service'), replicaOf('other'), replicaOf('my_service')]);
  expect([1, 2, 3].map(pay)).toEqual([0, 0, 8]);
  expect(counters.limited).toEqual({ service: 1, payer: 0, address: 0, own: 0 });
  expect(counters.group.replicas).toBe(2);
  limits.follow([replicaOf('my_service'), replicaOf('my_service')]);
  expect(lines).toEqual([{ event: 'replicas', replicas: 2 }]);
});

test('behavior: a replica that the store does not list is alone', async () => {
  const { limits, counters } = await open({});
  limits.follow([]);
  limits.follow([replicaOf('other')]);
  expect(counters.group.replicas).toBe(1);
});

test.each([
  [{}, []],
  [{ SNET_RATE_LIMIT_PER_MINUTE: '0' }, []],
  [{ SNET_RATE_LIMIT_PER_MINUTE: '5', SNET_BURST_SIZE: '5' }, []],
  [{ SNET_RATE_LIMIT_PER_MINUTE: '5' }, [{ event: 'limits' }]],
])('behavior: with %o the log says %o', async (env, expected) => {
  expect((await open(env as Record<string, string>)).lines).toEqual(expected);
});

test('behavior: own services are limited unless told otherwise, calls are not', async () => {
  const { limits, counters, pay } = await open({});
  const request = { peer: '192.0.2.1', metadata: {}, isCheck: false };
  let answered = 0;
  while (limits.admitRequest(request) === undefined) answered += 1;
  // As many as may come at once, and what was added meanwhile.
  expect(answered).toBeGreaterThanOrEqual(1_000);
  for (let at = 0; at < 2_000; at++) expect(pay()).toBe(0);
  expect(counters.limited).toEqual({ service: 0, payer: 0, address: 0, own: 1 });

  const free = await open({ SNET_OWN_SERVICES_RATE_LIMIT_PER_MINUTE: '0' });
  for (let at = 0; at < 1_100; at++) {
    expect(free.limits.admitRequest(request)).toBeUndefined();
  }
});
