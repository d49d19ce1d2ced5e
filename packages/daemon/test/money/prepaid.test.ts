import { findFreePort } from '@snetkit/devnet';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectRaw } from '../harness/grpc-call.ts';
import { type PaidNetwork, startPaidNetwork } from '../harness/paid-network.ts';
import {
  createPrepaidClient,
  type PrepaidClient,
  prepaidHeaders,
  tokenSecret,
} from '../harness/prepaid-client.ts';
import { readCounters, sumOf } from '../harness/read-counters.ts';

const service = '/text.v1.TextService';
const detect = `${service}/Detect`;
const text = Buffer.from([0x0a, 9, ...Buffer.from('guten tag')]);

let network: PaidNetwork;
let price: bigint;
let prepaid: PrepaidClient;
let metricsUrl: string;

beforeAll(async () => {
  const port = await findFreePort();
  metricsUrl = `http://127.0.0.1:${port}/metrics`;
  network = await startPaidNetwork({
    daemonConfig: {
      token_secret_key: tokenSecret,
      metrics_endpoint: `127.0.0.1:${port}`,
      // What calls would ask of the chain stands out.
      block_poll_interval: '10s',
    },
  });
  price = network.devnet.price;
  prepaid = createPrepaidClient(network);
});

afterAll(() => network?.stop());

function usageExceeded(channelId: bigint) {
  return { status: 13, message: `internal error: Usage Exceeded on channel Id ${channelId}` };
}

test('default: one signed amount, a token, and calls for it', async () => {
  const channelId = await network.openChannel();
  const bought = await prepaid.getToken({ channelId, amount: 3n * price });
  expect(bought).toMatchObject({ channelId, plannedAmount: 3n * price, usedAmount: 0n });
  const headers = prepaidHeaders(channelId, bought.token);
  for (let call = 0; call < 3; call += 1) {
    expect(await network.call(detect, headers, text)).toMatchObject({ status: 0, message: '' });
  }
  expect(await network.call(detect, headers, text)).toMatchObject(usageExceeded(channelId));
  expect(await prepaid.getToken({ channelId, amount: 3n * price })).toMatchObject({
    plannedAmount: 3n * price,
    usedAmount: 3n * price,
  });
  // What is planned later counts for the token that is there.
  await prepaid.getToken({ channelId, amount: 4n * price });
  expect(await network.call(detect, headers, text)).toMatchObject({ status: 0 });
  expect(await network.call(detect, headers, text)).toMatchObject(usageExceeded(channelId));
});

// Before the others: calls by escrow are settled by a write of their own, a while after they ended.
test('behavior: 100 calls ask nobody, recover no signer and write at most once each', {
  timeout: 30_000,
}, async () => {
  const calls = 100;
  const channelId = await network.openChannel();
  const { token } = await prepaid.getToken({ channelId, amount: 101n * price });
  const headers = prepaidHeaders(channelId, token);
  const raw = await connectRaw(network.devnet.endpoint);
  // The first one reads the counter.
  expect(await raw.call(detect, headers, text)).toMatchObject({ status: 0 });
  const before = await readCounters(metricsUrl);
  for (let call = 0; call < calls; call += 1) {
    expect(await raw.call(detect, headers, text)).toMatchObject({ status: 0 });
  }
  const after = await readCounters(metricsUrl);
  await raw.close();
  const grew = (name: string) => sumOf(after, name) - sumOf(before, name);
  expect(grew('snetd_calls_total')).toBe(calls);
  expect(grew('snetd_signature_recoveries_total')).toBe(0);
  expect(grew('snetd_call_commits_total')).toBeLessThanOrEqual(calls);
  expect(grew('snetd_other_writes_total')).toBe(0);
  expect(grew('snetd_store_reads_total')).toBe(0);
  expect(grew('snetd_chain_requests_total')).toBeLessThanOrEqual(3);
});

test('behavior: 1,000 calls at once on one token: as many are served as are planned', {
  timeout: 60_000,
}, async () => {
  const planned = 700;
  const channelId = await network.openChannel({ calls: 1_000n });
  const amount = BigInt(planned) * price;
  const { token } = await prepaid.getToken({ channelId, amount });
  const headers = prepaidHeaders(channelId, token);
  const raws = await Promise.all([1, 2, 3, 4].map(() => connectRaw(network.devnet.endpoint)));
  const calls = raws.flatMap((raw) =>
    Array.from({ length: 250 }, () => raw.call(detect, headers, text)),
  );
  const answers = await Promise.all(calls);
  await Promise.all(raws.map((raw) => raw.close()));
  expect(answers.filter(({ status }) => status === 0)).toHaveLength(planned);
  for (const answer of answers.filter(({ status }) => status !== 0)) {
    expect(answer).toMatchObject(usageExceeded(channelId));
    expect(answer.messages).toEqual([]);
  }
  expect(await prepaid.getToken({ channelId, amount })).toMatchObject({
    plannedAmount: amount,
    usedAmount: amount,
  });
});

test('behavior: a channel that paid by escrow gets its token, and both ways go on', async () => {
  const channelId = await network.openChannel();
  const payFor = async (calls: bigint) =>
    network.call(detect, await network.pay({ channelId, amount: calls * price }), text);
  for (let call = 1n; call <= 3n; call += 1n)
    expect(await payFor(call)).toMatchObject({ status: 0 });

  // As the Python SDK does: the last amount first, then a new one.
  expect(await prepaid.refusalOf({ channelId, amount: 3n * price })).toBe(
    '2 Unable to retrieve planned Amount ',
  );
  const { token, ...counts } = await prepaid.getToken({ channelId, amount: 5n * price });
  expect(counts).toMatchObject({ plannedAmount: 2n * price, usedAmount: 0n });
  expect((await network.getState(channelId)).amount).toBe(5n * price);

  const headers = prepaidHeaders(channelId, token);
  expect(await network.call(detect, headers, text)).toMatchObject({ status: 0 });
  expect(await payFor(6n)).toMatchObject({ status: 0 });
  expect(await network.call(detect, headers, text)).toMatchObject({ status: 0 });
  expect(await payFor(7n)).toMatchObject({ status: 0 });
  expect(await network.call(detect, headers, text)).toMatchObject(usageExceeded(channelId));
  // What was paid call by call is not planned.
  expect(await prepaid.getToken({ channelId, amount: 7n * price })).toMatchObject({
    plannedAmount: 2n * price,
    usedAmount: 2n * price,
  });
});

test('behavior: two requests for one amount plan it once', async () => {
  const channelId = await network.openChannel();
  const amount = 5n * price;
  const replies = await Promise.all([1, 2, 3, 4].map(() => prepaid.ask({ channelId, amount })));
  const busy = `another transaction on channel: {ID: ${channelId}} is in progress`;
  for (const { status, message } of replies)
    expect(['', busy]).toContain(status === 0 ? '' : message);
  expect(replies.filter(({ status }) => status === 0).length).toBeGreaterThan(0);
  expect(await prepaid.getToken({ channelId, amount })).toMatchObject({ plannedAmount: amount });
  expect((await network.getState(channelId)).amount).toBe(amount);
});

// FailRequest { fault: { code: 5, message: "no" } }
const fault = [0x08, 5, 0x12, 2, ...Buffer.from('no')];
const failures = [
  ['before its first message', `${service}/Fail`, [0x0a, fault.length, ...fault], {}, [5]],
  // FailAfterRequest { messages: 2, fault, interval_ms: 20 }
  [
    'after its first message',
    `${service}/FailAfter`,
    [0x08, 2, 0x12, fault.length, ...fault, 0x18, 20],
    {},
    [5],
  ],
  // SlowRequest { text: "hi", delay_ms: 5000 }
  [
    'because its client has no time left',
    `${service}/Slow`,
    [0x0a, 2, 0x68, 0x69, 0x10, 0x88, 0x27],
    { 'grpc-timeout': '150m' },
    // Whoever notices first: the daemon, or the service, which stops as cancelled.
    [4, 1],
  ],
] as const;

test.each(failures)(
  'behavior: a call that fails %s gives its amount back',
  async (_when, path, body, more, statuses) => {
    const channelId = await network.openChannel();
    const { token } = await prepaid.getToken({ channelId, amount: price });
    const headers = prepaidHeaders(channelId, token);
    for (let call = 0; call < 3; call += 1) {
      const answer = await network.call(path, { ...headers, ...more }, Buffer.from(body));
      expect(statuses).toContain(answer.status);
    }
    expect(await prepaid.getToken({ channelId, amount: price })).toMatchObject({
      plannedAmount: price,
      usedAmount: 0n,
    });
    expect(await network.call(detect, headers, text)).toMatchObject({ status: 0 });
    expect(await network.call(detect, headers, text)).toMatchObject(usageExceeded(channelId));
  },
);

test('behavior: the service learns who asked for the token, and never sees the token', async () => {
  const channelId = await network.openChannel();
  const { token } = await prepaid.getToken({ channelId, amount: price });
  // EchoRequest { with_metadata: true }
  const answer = await network.call(
    `${service}/Echo`,
    prepaidHeaders(channelId, token),
    Buffer.from([0x10, 1]),
  );
  expect(answer.status).toBe(0);
  const reply = Buffer.concat(answer.messages).toString('latin1');
  expect(reply).toContain('snet-user-address');
  expect(reply).toContain(network.devnet.accounts.client.address);
  expect(reply).not.toContain('snet-prepaid-auth-token-bin');
  expect(reply).not.toContain(token.slice(0, 20));
});
