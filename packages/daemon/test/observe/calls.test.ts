import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPayingChannel, type PayingChannel } from '../harness/paying-channel.ts';
import { readCounters } from '../harness/read-counters.ts';
import type { StartedSnetd } from '../shell/start-snetd.ts';
import { startTestNetwork, type TestNetwork } from '../shell/start-test-network.ts';
import { type ClientCall, connectRawClient, type RawClient } from '../transport/raw-client.ts';
import { type RawService, type ServedCall, startRawService } from '../transport/raw-service.ts';

const path = '/text.v1.TextService/Detect';
const token = 'a token for collectors';

let network: TestNetwork;
let service: RawService;
let daemon: StartedSnetd;
let channel: PayingChannel;
let client: RawClient;
/** Cogs of the calls that were charged. */
let paid = 0n;

beforeAll(async () => {
  network = await startTestNetwork({ service: false });
  service = await startRawService();
  daemon = await network.start({
    service_endpoint: service.endpoint,
    metrics_endpoint: '127.0.0.1:0',
    metrics_token: token.replaceAll(' ', '-'),
    log: { level: 'debug' },
  });
  channel = await openPayingChannel(network.devnet);
  client = await connectRawClient(daemon.endpoint);
});

afterAll(async () => {
  await client?.[Symbol.asyncDispose]();
  await daemon?.stop();
  await service?.stop();
  await network?.stop();
});

async function begin(
  headers: Record<string, string> = {},
): Promise<{ call: ClientCall; served: ServedCall }> {
  const call = client.call(path, {
    ...(await channel.sign(paid + network.devnet.price)),
    ...headers,
  });
  call.end('hello');
  return { call, served: (await service.next()).read() };
}

async function succeed(headers: Record<string, string> = {}) {
  const { call, served } = await begin(headers);
  served.send('answer');
  served.end();
  const end = await call.ended;
  expect(end.status).toBe('0');
  paid += network.devnet.price;
  return { end, served };
}

function lineOf(requestId: unknown) {
  return daemon.lines.find((line) => line['requestId'] === requestId);
}

async function metrics(): Promise<ReadonlyMap<string, number>> {
  const { url } = await daemon.waitForEvent('metrics');
  return readCounters(String(url), { authorization: `Bearer ${token.replaceAll(' ', '-')}` });
}

test('default: a call gets a request id, which client, service and log know it by', async () => {
  const { end, served } = await succeed();
  const requestId = end.fields['x-request-id'];
  expect(requestId).toMatch(/^[0-9a-f]{12}-[0-9a-z]+$/);
  expect(served.headers['x-request-id']).toBe(requestId);
  await expect
    .poll(() => lineOf(requestId))
    .toMatchObject({
      ...{ event: 'call', level: 'debug', path, end: '0', payment: 'escrow' },
      payer: network.devnet.accounts.client.address,
      channel: `${channel.channelId}`,
      cogs: `${network.devnet.price}`,
    });
});

test('behavior: the id that a client gives is kept, if it is one', async () => {
  const { end, served } = await succeed({ 'x-request-id': 'order:4711.a_b-c' });
  expect(end.fields['x-request-id']).toBeUndefined();
  expect(served.headers['x-request-id']).toBe('order:4711.a_b-c');
  await expect.poll(() => lineOf('order:4711.a_b-c')).toMatchObject({ event: 'call' });
  for (const wrong of ['with space', 'x'.repeat(129), '"}']) {
    const other = await succeed({ 'x-request-id': wrong });
    expect(other.end.fields['x-request-id']).toMatch(/^[0-9a-f]{12}-/);
    expect(other.served.headers['x-request-id']).toBe(other.end.fields['x-request-id']);
  }
});

test('behavior: trace context passes through where nothing is traced', async () => {
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  const { served } = await succeed({ traceparent, tracestate: 'vendor=1' });
  expect(served.headers).toMatchObject({ traceparent, tracestate: 'vendor=1' });
});

test('behavior: a failure of the service is told at level warn, and no secret with it', async () => {
  const { call, served } = await begin();
  served.end({ 'grpc-status': '13', 'grpc-message': 'broken' });
  const end = await call.ended;
  expect(end.status).toBe('13');
  const requestId = end.fields['x-request-id'];
  await expect
    .poll(() => lineOf(requestId))
    .toMatchObject({
      ...{ event: 'call-failed', level: 'warn', end: '13', message: 'broken' },
    });
  expect(lineOf(requestId)).not.toHaveProperty('cogs');
  const { 'snet-payment-channel-signature-bin': signature } = await channel.sign(paid + 1n);
  expect(JSON.stringify(daemon.lines)).not.toContain(signature);
});

test('behavior: metrics tell calls by method and code, payments by kind, and cogs that the ledger has', async () => {
  const before = await metrics();
  await succeed();
  await succeed();
  const { call, served } = await begin();
  served.end({ 'grpc-status': '5' });
  await call.ended;
  const refused = client.call(path, await channel.sign(1n));
  refused.end('hello');
  expect((await refused.ended).status).toBe('16');
  const unknown = client.call('/made.up/Method', {});
  unknown.end('hello');
  await unknown.ended;

  const after = await metrics();
  const grown = (name: string) => (after.get(name) ?? 0) - (before.get(name) ?? 0);
  expect(grown(`snetd_method_calls_total{method="${path}",code="0"}`)).toBe(2);
  expect(grown(`snetd_method_calls_total{method="${path}",code="5"}`)).toBe(1);
  expect(grown(`snetd_method_calls_total{method="${path}",code="16"}`)).toBe(1);
  expect([...after.keys()].filter((key) => key.includes('made.up'))).toEqual([]);
  expect(grown(`snetd_call_duration_seconds_count{method="${path}"}`)).toBe(4);
  expect(grown(`snetd_call_duration_seconds_bucket{method="${path}",le="+Inf"}`)).toBe(4);
  expect(grown('snetd_payments_total{kind="escrow",result="charged"}')).toBe(2);
  expect(grown('snetd_payments_total{kind="escrow",result="uncharged"}')).toBe(1);
  expect(grown('snetd_payments_total{kind="any",result="refused"}')).toBe(2);
  expect(after.get('snetd_charged_cogs_total{kind="escrow"}')).toBe(Number(paid));
  expect(grown('snetd_store_commits_total{outcome="applied"}')).toBeGreaterThan(0);
  expect(after.get('snetd_store_commit_duration_seconds_count')).toBeGreaterThan(0);
  expect(after.get('snetd_chain_request_duration_seconds_count')).toBeGreaterThan(0);
  expect(after.get('snetd_block_number')).toBeGreaterThan(0);
  for (const name of [
    'snetd_block_age_seconds',
    'snetd_calls_running',
    'process_resident_memory_bytes',
    'process_open_fds',
    'process_cpu_seconds_total',
    'nodejs_eventloop_lag_seconds{quantile="0.99"}',
  ]) {
    expect(after.get(name), name).toBeGreaterThanOrEqual(0);
  }
});

test('error: a collector without the token', async () => {
  const { url } = await daemon.waitForEvent('metrics');
  for (const authorization of ['', 'Bearer wrong', token]) {
    const response = await fetch(String(url), { headers: { authorization } });
    expect(response.status).toBe(401);
    expect(await response.text()).toBe('');
  }
});
