import { type Etcd, startEtcd } from '@snetkit/etcd';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openEtcdStore } from '../../../src/store/etcd/etcd-store.ts';
import type { CommitItem } from '../../../src/store/store.ts';
import { type HoldProxy, startHoldProxy } from './hold-proxy.ts';
import { until } from './until.ts';

let etcd: Etcd;
beforeAll(async () => {
  etcd = await startEtcd();
});
afterAll(() => etcd?.stop());

const put = (key: string, value: string, version: bigint): CommitItem => ({
  checks: [{ key, version }],
  writes: [{ key, value: Buffer.from(value) }],
});

async function openBoth(scope: string) {
  const [endpoint = ''] = etcd.endpoints;
  const proxy: HoldProxy = await startHoldProxy(endpoint);
  const near = await openEtcdStore({ endpoints: [proxy.endpoint], scope, requestTimeoutMs: 400 });
  const far = await openEtcdStore({ endpoints: [endpoint], scope });
  return {
    proxy,
    near,
    far,
    async [Symbol.asyncDispose]() {
      await proxy.close();
      await near.close();
      await far.close();
    },
  };
}

test('behavior: a commit whose answer is late is unknown, and applies later', async () => {
  await using both = await openBoth('late');
  const { proxy, near, far } = both;
  proxy.hold();
  const asked = near.commit([put('a', 'late', 0n)]);
  await until(() => proxy.held.includes('late'));
  proxy.seal();
  expect(await asked).toEqual([
    { outcome: 'unknown', cause: expect.objectContaining({ code: 'STORE_UNAVAILABLE' }) },
  ]);
  // A read alone would say that it never happened.
  expect(await far.get('a')).toBeUndefined();
  proxy.letGo();
  await until(async () => (await far.get('a')) !== undefined);
  expect(Buffer.from((await near.get('a'))?.value ?? []).toString()).toBe('late');
});

test('behavior: a write that changes the version keeps the late one out', async () => {
  await using both = await openBoth('fenced');
  const { proxy, near, far } = both;
  proxy.hold();
  const asked = near.commit([put('a', 'late', 0n), put('b', 'late', 0n)]);
  await until(() => proxy.held.toString('latin1').split('late').length > 2);
  proxy.seal();
  expect((await asked).map(({ outcome }) => outcome)).toEqual(['unknown', 'unknown']);
  const [fence] = await far.commit([put('a', 'fence', 0n)]);
  expect(fence?.outcome).toBe('applied');
  proxy.letGo();
  // The other item of the same request shows that it has arrived.
  await until(async () => (await far.get('b')) !== undefined);
  expect(Buffer.from((await far.get('a'))?.value ?? []).toString()).toBe('fence');
});

test('behavior: a commit to an etcd that is stopped is unknown, and the store goes on afterwards', async () => {
  await using both = await openBoth('stopped');
  const { near } = both;
  const [member] = etcd.members;
  await member?.kill('SIGSTOP');
  const [outcome] = await near.commit([put('a', '1', 0n)]);
  expect(outcome?.outcome).toBe('unknown');
  await member?.kill('SIGCONT');
  await until(async () => {
    const version = (await near.get('a').catch(() => undefined))?.version ?? 0n;
    const [again] = await near.commit([put('a', '2', version)]);
    return again?.outcome === 'applied';
  });
});

test('behavior: with etcd away nothing applies, and the first commit after its return does', async () => {
  await using both = await openBoth('away');
  const { far } = both;
  const [member] = etcd.members;
  await member?.kill('SIGKILL');
  const [lost] = await far.commit([put('a', '1', 0n)]);
  expect(lost).toMatchObject({
    outcome: 'unknown',
    cause: { code: 'STORE_UNAVAILABLE', place: expect.stringMatching(/^etcd 127\.0\.0\.1:\d+$/) },
  });
  await expect(far.get('a')).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  await member?.restart();
  expect((await far.commit([put('a', '2', 0n)]))[0]?.outcome).toBe('applied');
});
