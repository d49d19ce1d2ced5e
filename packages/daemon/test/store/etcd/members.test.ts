import { type Etcd, startEtcd } from '@snetkit/etcd';
import { afterEach, expect, test } from 'vitest';
import { type EtcdStore, openEtcdStore } from '../../../src/store/etcd/etcd-store.ts';
import { until } from './until.ts';

let etcd: Etcd | undefined;
let store: EtcdStore | undefined;
afterEach(async () => {
  await store?.close();
  await etcd?.stop();
});

/** A writer that counts up a key of its own, and what it was promised. */
function startWriter(target: EtcdStore, key: string, signal: AbortSignal) {
  const state = { promised: 0, unknown: 0, done: Promise.resolve() };
  async function run(): Promise<void> {
    while (!signal.aborted) {
      const entry = await target.get(key).catch(() => undefined);
      const stored = entry === undefined ? 0 : Number(Buffer.from(entry.value).toString());
      // What was promised once must be there for ever after.
      if (entry !== undefined) expect(stored).toBeGreaterThanOrEqual(state.promised);
      const next = Math.max(stored, state.promised) + 1;
      const [outcome] = await target.commit([
        {
          checks: [{ key, version: entry?.version ?? 0n }],
          writes: [{ key, value: Buffer.from(String(next)) }],
        },
      ]);
      if (outcome?.outcome === 'applied') state.promised = next;
      else if (outcome?.outcome === 'unknown') state.unknown += 1;
    }
  }
  state.done = run();
  return state;
}

test.each(['SIGKILL', 'SIGSTOP'] as const)(
  'behavior: %s of any one of three members loses nothing that was promised, and commits go on',
  async (signal) => {
    etcd = await startEtcd({ members: 3 });
    store = await openEtcdStore({
      endpoints: etcd.endpoints,
      scope: 'test',
      requestTimeoutMs: 1_000,
    });
    const opened = store;
    const stop = new AbortController();
    const writers = Array.from({ length: 16 }, (_, i) =>
      startWriter(opened, `k/${i}`, stop.signal),
    );
    const promised = () => writers.map((writer) => writer.promised);
    const everybodyGoesOn = async () => {
      const before = promised();
      await until(() => promised().every((count, i) => count > (before[i] ?? 0) + 3));
    };
    await everybodyGoesOn();
    // One of them is the leader, one the member that this client asks.
    for (const member of etcd.members) {
      await member.kill(signal);
      await everybodyGoesOn();
      if (signal === 'SIGKILL') await member.restart();
      else await member.kill('SIGCONT');
      await everybodyGoesOn();
    }
    stop.abort();
    await Promise.all(writers.map((writer) => writer.done));
    for (const [i, writer] of writers.entries()) {
      const entry = await opened.get(`k/${i}`);
      const stored = Number(Buffer.from(entry?.value ?? []).toString());
      expect(stored).toBeGreaterThanOrEqual(writer.promised);
      // Beyond what was promised there may only be what stayed unknown.
      expect(stored).toBeLessThanOrEqual(writer.promised + writer.unknown);
    }
  },
  120_000,
);

test('behavior: a member that is stopped holds nobody up for the whole time that a request may take', async () => {
  etcd = await startEtcd({ members: 3 });
  store = await openEtcdStore({
    endpoints: etcd.endpoints,
    scope: 'test',
    // Longer than this test may take.
    requestTimeoutMs: 300_000,
  });
  const opened = store;
  const put = async (key: string) => {
    const [outcome] = await opened.commit([
      { checks: [], writes: [{ key, value: Buffer.from('v') }] },
    ]);
    return outcome?.outcome;
  };
  expect(await put('a')).toBe('applied');
  await etcd.members[0]?.kill('SIGSTOP');
  // Nobody knows whether it arrived.
  expect(await put('a')).toBe('unknown');
  await until(async () => (await put('a')) === 'applied');
});
