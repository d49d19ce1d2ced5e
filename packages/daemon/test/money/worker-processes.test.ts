import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectRaw } from '../harness/grpc-call.ts';
import { type PaidNetwork, startPaidNetwork } from '../harness/paid-network.ts';
import { killStartedSnetd, type StartedSnetd, startSnetd } from '../shell/start-snetd.ts';

const detect = '/text.v1.TextService/Detect';
const text = Buffer.from([0x0a, 9, ...Buffer.from('guten tag')]);

let network: PaidNetwork;
let directory: string;
let workers: StartedSnetd[];

beforeAll(async () => {
  network = await startPaidNetwork();
  directory = await mkdtemp(join(tmpdir(), 'snetd-workers-'));
  workers = [await startWorker(), await startWorker()];
});

afterAll(async () => {
  killStartedSnetd();
  await Promise.all(workers?.map(({ exited }) => exited) ?? []);
  await network?.stop();
  await rm(directory, { recursive: true, force: true });
});

/** A daemon on the one SQLite file of the folder. */
function startWorker(): Promise<StartedSnetd> {
  const config = { ...network.devnet.daemonConfig, daemon_endpoint: '127.0.0.1:0' };
  return startSnetd({ config, directory });
}

async function pay(worker: StartedSnetd | undefined, channelId: bigint, amount: bigint) {
  const raw = await connectRaw(worker?.endpoint ?? '');
  try {
    const headers = await network.pay({ channelId, amount });
    const { status, message } = await raw.call(detect, headers, text);
    return `${status} ${message}`;
  } finally {
    await raw.close();
  }
}

test('behavior: two processes on one SQLite file serve a channel as one daemon', async () => {
  const { price } = network.devnet;
  const channelId = await network.openChannel({ calls: 100n });
  for (let call = 1n; call <= 12n; call += 1n) {
    expect(await pay(workers[Number(call % 2n)], channelId, price * call)).toBe('0 ');
  }
  // What one has served, the other does not serve again.
  for (const worker of workers) {
    expect(await pay(worker, channelId, price * 12n)).toMatch(
      /^(9 another transaction on channel: |16 income 0 does not equal to price )/,
    );
  }
});

test('behavior: one process is killed, the other goes on at once, a third takes its place', async () => {
  const { price } = network.devnet;
  const channelId = await network.openChannel({ calls: 100n });
  expect(await pay(workers[0], channelId, price)).toBe('0 ');
  workers[0]?.child.kill('SIGKILL');
  await workers[0]?.exited;
  expect(await pay(workers[1], channelId, price * 2n)).toBe('0 ');
  // Nobody knows whether the dead one delivered: the same payment is honoured once more, uncharged.
  expect(await pay(workers[1], channelId, price)).toBe('0 ');
  expect(await pay(workers[1], channelId, price)).toMatch(/^(9|16) /);
  workers[0] = await startWorker();
  expect(await pay(workers[0], channelId, price * 3n)).toBe('0 ');
});
