import { once } from 'node:events';
import { askEtcd, type Etcd, startEtcd } from '@snetkit/etcd';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EtcdStore, openEtcdStore } from '../../../src/store/etcd/etcd-store.ts';
import type { CommitItem, Owner } from '../../../src/store/store.ts';
import { startOwnerChild } from './start-owner-child.ts';
import { until } from './until.ts';

/** The shortest lease that etcd gives. */
const leaseMs = 2_000;

let etcd: Etcd;
let endpoint: string;
beforeAll(async () => {
  etcd = await startEtcd();
  [endpoint = ''] = etcd.endpoints;
});
afterAll(() => etcd?.stop());

async function open(scope: string): Promise<EtcdStore & AsyncDisposable> {
  const options = { endpoints: [endpoint], scope, leaseMs, requestTimeoutMs: 1_000 };
  const store = await openEtcdStore(options);
  return { ...store, [Symbol.asyncDispose]: () => store.close() };
}

const put = (key: string, deadOwners: readonly string[] = []): CommitItem => ({
  checks: [],
  writes: [{ key, value: Buffer.from('v') }],
  deadOwners,
});

const isLost = async ({ lost }: Owner) => {
  if (!lost.aborted) await once(lost, 'abort');
  return lost.reason as { found?: string };
};

test('default: an owner outlives its lease many times over as long as etcd answers', async () => {
  await using store = await open('kept');
  const owner = await store.openOwner();
  const first = owner.deadline;
  // Half a second before others may take it for dead.
  expect(first - performance.now()).toBeLessThanOrEqual(1_500);
  await until(() => owner.deadline > first + 2 * leaseMs);
  expect(owner.lost.aborted).toBe(false);
  expect(await store.isOwnerAlive(owner.id)).toBe(true);
});

test('behavior: while etcd is stopped the deadline passes and the owner is lost', async () => {
  await using store = await open('stopped');
  const owner = await store.openOwner();
  const [member] = etcd.members;
  await member?.kill('SIGSTOP');
  const reason = await isLost(owner);
  expect(reason.found).toBe('its lease was not renewed in time');
  expect(owner.deadline).toBeLessThanOrEqual(performance.now());
  await member?.kill('SIGCONT');
  await until(async () => (await store.isOwnerAlive(owner.id).catch(() => true)) === false);
  // Life goes on under another name.
  const next = await store.openOwner();
  expect(next.id).not.toBe(owner.id);
  expect(await store.commit([put('a', [owner.id])])).toMatchObject([{ outcome: 'applied' }]);
});

test('behavior: a lease that is gone is noticed by the next keep-alive', async () => {
  await using store = await open('revoked');
  const owner = await store.openOwner();
  await revokeAllLeases();
  expect((await isLost(owner)).found).toMatch(/^its (lease|key) is gone$/);
  expect(await store.isOwnerAlive(owner.id)).toBe(false);
});

test('behavior: nothing applies in the name of an owner whose key is gone, and it is lost at once', async () => {
  await using store = await open('forsaken');
  const owner = await store.openOwner();
  await revokeAllLeases();
  const outcomes = await store.commit([put('a'), put('b')]);
  // Unless a keep-alive was quicker.
  if (owner.lost.reason?.found !== 'its lease is gone') {
    expect(outcomes).toMatchObject([
      { outcome: 'unknown', cause: { shortMessage: 'This replica lost its owner.' } },
      { outcome: 'unknown' },
    ]);
    expect(await store.get('a')).toBeUndefined();
  }
  expect(owner.lost.aborted).toBe(true);
});

test('behavior: a process that dies lets go of its owner within the lease', async () => {
  await using store = await open('killed');
  await using child = await startOwnerChild({ endpoint, scope: 'killed', leaseMs });
  child.tell('own');
  const id = await child.hear();
  expect(await store.isOwnerAlive(id)).toBe(true);
  expect(await store.commit([put('a', [id])])).toEqual([{ outcome: 'conflict' }]);
  child.kill('SIGKILL');
  const [outcome] = await retry(store, put('a', [id]));
  expect(outcome?.outcome).toBe('applied');
  expect(await store.isOwnerAlive(id)).toBe(false);
});

test('behavior: a process that was stopped beyond its lease knows it before it writes anything', async () => {
  await using store = await open('paused');
  await using child = await startOwnerChild({ endpoint, scope: 'paused', leaseMs });
  child.tell('own');
  const id = await child.hear();
  child.tell('put before');
  expect(await child.hear()).toBe('alive applied held');
  child.kill('SIGSTOP');
  await until(async () => !(await store.isOwnerAlive(id)));
  child.tell('put after');
  child.kill('SIGCONT');
  // A keep-alive may be quicker: then it writes as nobody, which is what the account's fence is for.
  expect(await child.hear()).toMatch(/^dead (unknown|applied) lost$/);
});

/** Until it is refused no more. */
async function retry(store: EtcdStore, item: CommitItem) {
  let outcomes = await store.commit([item]);
  await until(async () => {
    if (outcomes[0]?.outcome !== 'conflict') return true;
    outcomes = await store.commit([item]);
    return false;
  });
  return outcomes;
}

async function revokeAllLeases(): Promise<void> {
  const { leases = [] } = await askEtcd(endpoint, 'lease/leases', {});
  for (const { ID } of leases as { ID: string }[]) await askEtcd(endpoint, 'lease/revoke', { ID });
}
