import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterEach, expect, test } from 'vitest';
import { askEtcd } from './ask-etcd.ts';
import { EtcdError } from './etcd-error.ts';
import type { StartEtcdOptions } from './etcd-options.ts';
import { type Etcd, startEtcd } from './start-etcd.ts';

const running = new Set<Etcd>();
const start = async (options?: StartEtcdOptions) => {
  const etcd = await startEtcd(options);
  running.add(etcd);
  return etcd;
};
afterEach(async () => {
  for (const etcd of running) await etcd.stop();
  running.clear();
});

const base64 = (text: string) => Buffer.from(text).toString('base64');
const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

test('default: one member, with its data across a restart', async () => {
  const etcd = await start();
  const [endpoint = ''] = etcd.endpoints;
  const [member] = etcd.members;
  await askEtcd(endpoint, 'kv/put', { key: base64('a'), value: base64('1') });
  const before = member?.pid;
  await member?.kill('SIGKILL');
  expect(member?.pid).toBeUndefined();
  expect(await member?.isHealthy()).toBe(false);
  await member?.restart();
  expect(member?.pid).not.toBe(before);
  expect(await askEtcd(endpoint, 'kv/range', { key: base64('a') })).toMatchObject({
    kvs: [{ value: base64('1') }],
  });
});

test('args: three members are one cluster, and two of them serve', async () => {
  const etcd = await start({ members: 3 });
  const [first, second, third] = etcd.endpoints as [string, string, string];
  await askEtcd(first, 'kv/put', { key: base64('a'), value: base64('1') });
  await etcd.members[0]?.kill('SIGKILL');
  for (const endpoint of [second, third]) {
    // The two may have to choose a leader first.
    await expect
      .poll(() => askEtcd(endpoint, 'kv/range', { key: base64('a') }), { timeout: 20_000 })
      .toMatchObject({ count: '1' });
  }
});

test('args: a user switches authentication on', async () => {
  const etcd = await start({ user: { name: 'snetd', password: 'secret' } });
  const [endpoint = ''] = etcd.endpoints;
  await expect(askEtcd(endpoint, 'kv/range', { key: base64('a') })).rejects.toThrow(
    'user name is empty',
  );
  expect(
    await askEtcd(endpoint, 'auth/authenticate', { name: 'snetd', password: 'secret' }),
  ).toHaveProperty('token');
});

test('args: quotaBytes limits what can be stored', async () => {
  const etcd = await start({ quotaBytes: 100_000 });
  const [endpoint = ''] = etcd.endpoints;
  const put = () =>
    askEtcd(endpoint, 'kv/put', { key: base64('a'), value: base64('x'.repeat(1e5)) });
  await expect(put().then(put).then(put)).rejects.toThrow('database space exceeded');
});

test('behavior: stop ends every member, and may be repeated', async () => {
  const etcd = await start({ members: 3 });
  const pids = etcd.members.map(({ pid }) => pid as number);
  await Promise.all([etcd.stop(), etcd.stop()]);
  expect(pids.map(isAlive)).toEqual([false, false, false]);
});

test('behavior: it dies with a parent that is killed with kill -9', async () => {
  const { parent, pid } = await startInAnotherProcess();
  parent.kill('SIGKILL');
  await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
});

test('error: an argument that etcd does not know', async () => {
  const error = await start({ args: ['--bogus'] }).catch((cause: unknown) => cause);
  if (!(error instanceof EtcdError)) throw error;
  expect(error.code).toBe('ETCD_START_FAILED');
  expect(error.message).toMatch(
    /^The etcd member member-1 ended\.\nFound: flag provided but not defined: -bogus/,
  );
});

/** A Node process that starts etcd and prints its id. */
async function startInAnotherProcess(): Promise<{ parent: ChildProcess; pid: number }> {
  const program = `
    import { startEtcd } from ${JSON.stringify(new URL('start-etcd.ts', import.meta.url).href)};
    console.log((await startEtcd()).members[0].pid);
    process.stdin.resume();`;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface(parent.stdout), 'line');
  return { parent, pid: Number(line) };
}
