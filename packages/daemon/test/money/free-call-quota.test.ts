import { privateKeySigner } from '@snetkit/contracts';
import { deriveTestAccount, findFreePort } from '@snetkit/devnet';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFreeCaller, type FreeCaller } from '../harness/free-caller.ts';
import { connectRaw, type RawGrpcClient } from '../harness/grpc-call.ts';
import { type PaidNetwork, startPaidNetwork } from '../harness/paid-network.ts';
import { readCounters, sumOf } from '../harness/read-counters.ts';

const detect = '/text.v1.TextService/Detect';
const slow = '/text.v1.TextService/Slow';
const text = Buffer.from([0x0a, 9, ...Buffer.from('guten tag')]);
/** SlowRequest { text: "hi", delay_ms: 300 } */
const slowText = Buffer.from([0x0a, 2, 0x68, 0x69, 0x10, 0xac, 0x02]);
const daemonKey = deriveTestAccount(7);
/** A wallet of its own for each test: they share nothing but the daemon. */
const wallets = [20, 21, 22, 23, 24].map(deriveTestAccount);
const quotas = [1_000, 100, 8, 200, 10];

let network: PaidNetwork;
let metricsUrl: string;

beforeAll(async () => {
  const port = await findFreePort();
  metricsUrl = `http://127.0.0.1:${port}/metrics`;
  network = await startPaidNetwork({
    freeCalls: { calls: 5, signer: daemonKey.address },
    daemonConfig: {
      private_key_for_free_calls: daemonKey.privateKey.slice(2),
      trusted_free_call_signers: wallets.map(({ address }) => address),
      free_calls_per_address: Object.fromEntries(
        wallets.map(({ address }, index) => [address.toLowerCase(), quotas[index] ?? 0]),
      ),
      metrics_endpoint: `127.0.0.1:${port}`,
      block_poll_interval: '10s',
    },
  });
});

afterAll(() => network?.stop());

function callerOf(index: number): FreeCaller {
  const wallet = wallets[index];
  if (wallet === undefined) throw new Error('no such wallet');
  return createFreeCaller(network, privateKeySigner(wallet.privateKey));
}

async function withSession<T>(run: (raw: RawGrpcClient) => Promise<T>): Promise<T> {
  const raw = await connectRaw(network.devnet.endpoint);
  try {
    return await run(raw);
  } finally {
    await raw.close();
  }
}

test('default: a token, a call, one call less', async () => {
  const caller = createFreeCaller(network, network.client);
  const { token } = await caller.getToken();
  expect(await caller.getAvailable(token)).toBe(5n);
  const headers = await caller.pay(token);
  expect(await network.call(detect, headers, text)).toMatchObject({ status: 0, message: '' });
  expect(await caller.getAvailable(token)).toBe(4n);
});

test('behavior: 160 calls at once are all served, and all counted', async () => {
  const caller = callerOf(0);
  const { token } = await caller.getToken();
  const headers = await caller.pay(token);
  const answers = await withSession((raw) =>
    Promise.all(Array.from({ length: 160 }, () => raw.call(slow, headers, slowText))),
  );
  expect(answers.filter(({ status }) => status !== 0)).toEqual([]);
  expect(await caller.getAvailable(token)).toBe(840n);
});

test('behavior: of 160 calls at once exactly as many are served as there are', async () => {
  const caller = callerOf(1);
  const { token } = await caller.getToken();
  const headers = await caller.pay(token);
  const answers = await withSession((raw) =>
    Promise.all(Array.from({ length: 160 }, () => raw.call(slow, headers, slowText))),
  );
  expect(answers.filter(({ status }) => status === 0)).toHaveLength(100);
  const refused = answers.filter(({ status }) => status !== 0);
  expect(refused).toHaveLength(60);
  for (const { status, message, messages } of refused) {
    expect(`${status} ${message}`).toBe(
      '13 internal error: free call limit has been exceeded, calls made = 100, total free calls eligible = 100',
    );
    expect(messages).toEqual([]);
  }
  expect(await caller.getAvailable(token)).toBe(0n);
});

test('behavior: four spellings of one wallet have one quota', async () => {
  const caller = callerOf(2);
  const address = wallets[2]?.address ?? '';
  const spellings = [
    address,
    address.toLowerCase(),
    `0X${address.slice(2).toUpperCase()}`,
    address.slice(2),
  ];
  const tokens = await Promise.all(
    spellings.map(async (spelling) => (await caller.getToken({ address: spelling })).token),
  );
  let left = 8n;
  for (const [index, spelling] of [...spellings, ...spellings].entries()) {
    // A token is good for the wallet, whichever spelling it was given out for.
    const token = tokens[(index + (index >> 2)) % 4] ?? new Uint8Array();
    const headers = await caller.pay(token, { address: spelling });
    expect(await network.call(detect, headers, text)).toMatchObject({ status: 0 });
    left -= 1n;
    for (const other of spellings) {
      expect(await caller.getAvailable(token, { address: other })).toBe(left);
    }
  }
  for (const [index, spelling] of spellings.entries()) {
    const token = tokens[index] ?? new Uint8Array();
    const headers = await caller.pay(token, { address: spelling });
    expect(await network.call(detect, headers, text)).toMatchObject({
      status: 13,
      message:
        'internal error: free call limit has been exceeded, calls made = 8, total free calls eligible = 8',
    });
  }
});

test('behavior: a call asks nobody, reads nothing, and recovers one signer', async () => {
  const calls = 100;
  const caller = callerOf(3);
  const { token } = await caller.getToken();
  const headers = await caller.pay(token);
  await withSession(async (raw) => {
    // Meets token and counter: the second recovery, and the read.
    expect(await raw.call(detect, headers, text)).toMatchObject({ status: 0 });
    const before = await readCounters(metricsUrl);
    for (let call = 0; call < calls; call += 1) {
      expect(await raw.call(detect, headers, text)).toMatchObject({ status: 0 });
    }
    const after = await readCounters(metricsUrl);
    const grew = (name: string) => sumOf(after, name) - sumOf(before, name);
    expect(grew('snetd_calls_total')).toBe(calls);
    expect(grew('snetd_signature_recoveries_total')).toBe(calls);
    expect(grew('snetd_store_reads_total')).toBe(0);
    expect(grew('snetd_call_commits_total')).toBe(calls);
    expect(grew('snetd_other_writes_total')).toBe(0);
    // The clock goes on by itself, and nothing else does.
    expect(grew('snetd_chain_requests_total')).toBeLessThan(calls / 10);
  });
  expect(await caller.getAvailable(token)).toBe(99n);
});

test('behavior: kill -9 between calls loses no count', async () => {
  const { daemon } = network.devnet;
  if (daemon === undefined) throw new Error('no daemon');
  const caller = callerOf(4);
  const { token } = await caller.getToken();
  for (let made = 1n; made <= 10n; made += 1n) {
    const headers = await caller.pay(token);
    expect(await network.call(detect, headers, text)).toMatchObject({ status: 0 });
    if (made % 3n === 0n) {
      daemon.kill('SIGKILL');
      await daemon.exited;
      await daemon.restart();
    }
    expect(await caller.getAvailable(token)).toBe(10n - made);
  }
  const headers = await caller.pay(token);
  expect(await network.call(detect, headers, text)).toMatchObject({
    status: 13,
    message:
      'internal error: free call limit has been exceeded, calls made = 10, total free calls eligible = 10',
  });
}, 180_000);
