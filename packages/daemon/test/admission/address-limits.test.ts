import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConnectError, createClient } from '@connectrpc/connect';
import { createConnectTransport, createGrpcTransport } from '@connectrpc/connect-node';
import { Health } from '@snetkit/protos/health';
import { PaymentChannelStateService } from '@snetkit/protos/state';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCounters } from '../harness/read-counters.ts';
import { killStartedSnetd, type StartedSnetd, startSnetd } from '../shell/start-snetd.ts';
import { startWebCall, webWays } from '../web/web-call.ts';
import { askRaw } from './ask-raw.ts';
import { readRpc } from './read-retry.ts';

const text = 'rate limiting , too many requests to handle';
const detect = '/text.v1.TextService/Detect';
const getState = '/escrow.PaymentChannelStateService/GetChannelState';
const check = '/grpc.health.v1.Health/Check';
const origin = 'https://app.example';
/** Of each address one call and one request, and no more for a thousand minutes. */
const limited = {
  address_rate_limit_per_minute: 0.001,
  own_services_rate_limit_per_minute: 0.001,
  own_services_burst_size: 1,
};
const refusal = {
  'grpc-status': '8',
  'grpc-message': text,
  'retry-after': expect.stringMatching(/^(59\d{3}|60000)$/),
};

let directory: string;
/** Behind a balancer, so that every test can have an address of its own. */
let behind: StartedSnetd;
let alone: StartedSnetd;
let last = 0;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'snetd-limits-'));
  const start = (change: object) =>
    startSnetd({
      directory,
      config: {
        blockchain_enabled: false,
        passthrough_enabled: false,
        daemon_endpoint: '127.0.0.1:0',
        metrics_endpoint: '127.0.0.1:0',
        ...limited,
        ...change,
      },
    });
  [behind, alone] = await Promise.all([start({ trusted_proxies: ['127.0.0.1'] }), start({})]);
});

afterAll(async () => {
  killStartedSnetd();
  await rm(directory, { recursive: true, force: true });
});

/** Header fields of a client that nobody has met before. */
function newClient() {
  last += 1;
  return { 'x-forwarded-for': `203.0.113.9, 198.51.100.${last}` };
}

async function countLimited(daemon: StartedSnetd, limit: string): Promise<number | undefined> {
  const { url } = await daemon.waitForEvent('metrics');
  return (await readCounters(String(url))).get(`snetd_limited_total{limit="${limit}"}`);
}

test('default: who comes too often is told when to come again, in every form that clients know', async () => {
  const headers = newClient();
  const before = await countLimited(behind, 'address');
  expect((await askRaw(behind.endpoint, detect, { headers })).fields).toMatchObject({
    'grpc-status': '0',
  });
  const { fields } = await askRaw(behind.endpoint, detect, { headers });
  expect(fields).toMatchObject(refusal);
  expect(Number(fields['grpc-retry-pushback-ms'])).toBeGreaterThan(59_000_000);
  const details = String(fields['grpc-status-details-bin']);
  expect(readRpc('Status', details)).toMatchObject({
    code: 8,
    details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo' }],
  });
  expect(await countLimited(behind, 'address')).toBe(Number(before) + 1);
  // Another client behind the same balancer.
  expect((await askRaw(behind.endpoint, detect, { headers: newClient() })).fields).toMatchObject({
    'grpc-status': '0',
  });
});

test('behavior: without trusted proxies nobody talks himself out of his limit, nor another into it', async () => {
  const ask = async (headers: Record<string, string>) =>
    (await askRaw(alone.endpoint, detect, { headers })).fields['grpc-status'];
  expect(await ask(newClient())).toBe('0');
  expect(await ask(newClient())).toBe('8');
  expect(await ask({ 'x-forwarded-for': '127.0.0.1' })).toBe('8');
});

describe.each(webWays)('gRPC-web over HTTP/$http, text: $isText', (way) => {
  test.each([
    ['a call', detect],
    ['an own service', getState],
  ])('behavior: %s is refused so that a page can read it', async (_, path) => {
    const headers = { ...newClient(), origin };
    const statuses: unknown[] = [];
    for (let at = 0; at < 2; at++) {
      const call = startWebCall(behind.endpoint, way, { path, headers });
      call.send('');
      call.end();
      const { headers: fields, trailers } = await call.ended;
      statuses.push(trailers?.['grpc-status'] ?? fields['grpc-status']);
      if (at === 0) continue;
      expect(fields).toMatchObject({ ...refusal, 'access-control-allow-origin': origin });
      const exposed = String(fields['access-control-expose-headers']).toLowerCase();
      for (const name of ['retry-after', 'grpc-status', 'grpc-message', 'grpc-status-details-bin'])
        expect(exposed).toContain(name);
    }
    expect(statuses).toEqual(['0', '8']);
  });
});

test.each([
  ['gRPC', createGrpcTransport, {}],
  ['Connect in JSON', createConnectTransport, { httpVersion: '2', useBinaryFormat: false }],
  ['Connect over HTTP/1.1', createConnectTransport, { httpVersion: '1.1', useBinaryFormat: true }],
] as const)('behavior: own services in %s', async (_, createTransport, options) => {
  const transport = createTransport({
    baseUrl: behind.endpoint,
    defaultTimeoutMs: 20_000,
    ...options,
  } as never);
  const client = createClient(PaymentChannelStateService, transport);
  const headers = newClient();
  await client.getChannelState({}, { headers });
  const error = ConnectError.from(
    await client.getChannelState({}, { headers }).catch((cause: unknown) => cause),
  );
  expect([error.code, error.rawMessage]).toEqual([8, text]);
  expect(error.metadata.get('retry-after')).toMatch(/^(59\d{3}|60000)$/);
  const [detail] = error.details;
  const { type, value } = detail as { type: string; value: Uint8Array };
  expect(type).toBe('google.rpc.RetryInfo');
  const retry = readRpc('RetryInfo', Buffer.from(value).toString('base64'));
  expect(retry).toEqual({ retryDelay: expect.stringMatching(/^(59\d{3}|60000)/) });

  // Whoever watches the daemon is not kept out by that, and has a limit, too.
  const health = createClient(Health, transport);
  const checks = [1, 2].map(() => health.check({}, { headers }).then(...codes));
  expect((await Promise.all(checks)).sort()).toEqual([0, 8]);
});

const codes = [() => 0, (cause: unknown) => ConnectError.from(cause).code] as const;

test('behavior: a stream of Connect ends with the refusal', async () => {
  const transport = createConnectTransport({ baseUrl: behind.endpoint, httpVersion: '2' });
  const client = createClient(Health, transport);
  const headers = newClient();
  await client.check({}, { headers }).catch(() => {});
  const watching = client.watch({}, { headers, timeoutMs: 20_000 })[Symbol.asyncIterator]();
  const error = ConnectError.from(await watching.next().catch((cause: unknown) => cause));
  expect([error.code, error.rawMessage]).toEqual([8, text]);
  expect(error.metadata.get('retry-after')).toMatch(/^(59\d{3}|60000)$/);
});

test('behavior: plain HTTP is told 429', async () => {
  const headers = { ...newClient(), origin };
  const url = `${behind.endpoint}/heartbeat`;
  expect((await fetch(url, { headers })).status).toBe(200);
  const before = Number(await countLimited(behind, 'own'));
  const answer = await fetch(url, { headers });
  expect(answer.status).toBe(429);
  expect(answer.headers.get('retry-after')).toMatch(/^(59\d{3}|60000)$/);
  expect(answer.headers.get('access-control-expose-headers')).toContain('Retry-After');
  expect(await answer.json()).toMatchObject({ code: 'resource_exhausted', message: text });
  expect(await countLimited(behind, 'own')).toBe(before + 1);
});

test('behavior: a refused request is not read, and its connection goes on', async () => {
  const headers = { ...newClient(), 'content-type': 'application/json' };
  const body = JSON.stringify({ channelId: 'A'.repeat(200_000) });
  const url = `${behind.endpoint}${getState}`;
  await fetch(url, { method: 'POST', headers, body: '{}' });
  expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(429);
  const { fields } = await askRaw(behind.endpoint, check, { headers: newClient() });
  expect(fields['grpc-status']).toBe('0');
});
