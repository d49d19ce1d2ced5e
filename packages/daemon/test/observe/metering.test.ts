import { base64ToBytes, getDaemonId, packMeteringMessage, recoverSigner } from '@snetkit/core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { readCounters } from '../harness/read-counters.ts';
import type { StartedSnetd } from '../shell/start-snetd.ts';
import { type ObservedService, path, startObservedService } from './observed-service.ts';
import { type Received, type Receiver, startReceiver } from './start-receiver.ts';

const privateKey = '59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d';
const signer = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
const known = { body: '{"data":"success"}' };

let observed: ObservedService;
let meter: Receiver;

beforeAll(async () => {
  [observed, meter] = await Promise.all([startObservedService(), startReceiver()]);
});

beforeEach(() => {
  meter.answer = () => known;
});

afterAll(async () => {
  await meter?.stop();
  await observed?.stop();
});

function start(): Promise<StartedSnetd> {
  return observed.start({ metrics_endpoint: '127.0.0.1:0', ...settings() });
}

function settings() {
  return {
    metering_enabled: true,
    metering_end_point: meter.url,
    pvt_key_for_metering: privateKey,
  };
}

function takeReports(since: number): Received[] {
  return meter.requests.slice(since).filter(({ url }) => url !== '/metering/verify');
}

function assertSigned({ headers }: Received, username: string): void {
  const { daemonConfig, groupId } = observed.network.devnet;
  const { organization_id: organizationId, service_id: serviceId } = daemonConfig;
  const registryAddress = String(daemonConfig['registry_address_key']);
  const ids = { organizationId: `${organizationId}`, serviceId: `${serviceId}`, groupId };
  const block = BigInt(String(headers['x-currentblocknumber']));
  expect(block).toBeGreaterThan(0n);
  const message = packMeteringMessage({ ...ids, username, block });
  const signature = base64ToBytes(String(headers['x-signature']));
  expect(recoverSigner({ message, signature })).toBe(signer);
  expect(headers).toMatchObject({
    'x-daemonid': getDaemonId({ ...ids, registryAddress }),
    'x-username': username,
    'x-organizationid': ids.organizationId,
    'x-serviceid': ids.serviceId,
    'x-groupid': groupId,
    'x-token': '',
  });
}

test('default: each call is reported, each charge of a channel too, signed as the official daemon signs', async () => {
  const from = meter.requests.length;
  const daemon = await start();
  const [verification] = meter.requests.slice(from) as [Received];
  expect(verification).toMatchObject({ method: 'GET', url: '/metering/verify', body: '' });
  expect(verification.headers['x-authtype']).toBe('verification');
  assertSigned(verification, String(verification.headers['x-daemonid']));

  const { channelId } = observed.channel;
  const { end } = await observed.call(daemon.endpoint, {
    headers: { 'snet-client-type': 'cli', 'user-agent': 'tests' },
  });
  const failed = await observed.call(daemon.endpoint, { status: '5' });
  await expect.poll(() => takeReports(from).length, { timeout: 20_000 }).toBe(3);
  const reports = takeReports(from);
  for (const report of reports) assertSigned(report, '');
  const usages = reports
    .filter(({ url }) => url === '/metering/usage')
    .map(({ body }) => JSON.parse(body));
  const usage = usages.find(({ request_id: id }) => id === end.fields['x-request-id']);
  const times = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{9}$/;
  expect(usage).toEqual({
    type: 'response',
    registry_address_key: expect.stringMatching(/^0x/),
    ethereum_json_rpc_endpoint: new URL(observed.network.devnet.rpcUrl).origin,
    request_id: end.fields['x-request-id'],
    organization_id: observed.network.devnet.daemonConfig['organization_id'],
    service_id: observed.network.devnet.daemonConfig['service_id'],
    group_id: observed.network.devnet.groupId,
    service_method: path,
    response_sent_time: expect.stringMatching(times),
    request_received_time: expect.stringMatching(times),
    response_time: expect.stringMatching(/^\d+\.\d{4}$/),
    response_code: 'OK',
    error_message: '',
    version: expect.stringMatching(/^v/),
    client_type: 'cli',
    user_details: '',
    user_agent: 'tests',
    channel_id: `${channelId}`,
    username: '',
    operation: 'read',
    usage_type: 'apicall',
    status: 'success',
    start_time: expect.stringMatching(times),
    end_time: expect.stringMatching(times),
    usage_value: 1,
    time_zone: '',
    payment_mode: 'escrow',
    user_address: '',
  });
  expect(
    usages.find(({ request_id: id }) => id === failed.end.fields['x-request-id']),
  ).toMatchObject({ status: 'failed', response_code: 'NotFound' });
  const balance = reports.find(({ url }) => url === `/contract-api/channel/${channelId}/balance`);
  // Digits, as they are: numbers of JSON are exact here.
  expect(balance?.body).toContain(`"AuthorizedAmount":${observed.paid},`);
  expect(balance?.body).toContain(`"ChannelId":${channelId},"Nonce":0}`);
  expect(JSON.parse(balance?.body ?? '').FullAmount).toBeGreaterThan(0);
  await daemon.stop();
  expect(JSON.stringify(daemon.lines)).not.toContain(privateKey);
});

test('behavior: reports wait while the service is in trouble, and none is lost or sent twice', async () => {
  const daemon = await start();
  const from = meter.requests.length;
  meter.answer = () => ({ status: 503 });
  const ids: unknown[] = [];
  for (let count = 0; count < 5; count += 1) {
    const { end } = await observed.call(daemon.endpoint);
    ids.push(end.fields['x-request-id']);
  }
  await expect.poll(() => takeReports(from).length).toBeGreaterThan(0);
  const { url } = await daemon.waitForEvent('metrics');
  const waiting = async () =>
    (await readCounters(String(url))).get('snetd_deliveries_waiting{to="metering"}');
  expect(await waiting()).toBe(10);
  const taken: Received[] = [];
  meter.answer = (request) => {
    taken.push(request);
    return known;
  };
  await expect.poll(waiting, { timeout: 30_000 }).toBe(0);
  const reported = taken
    .filter(({ url: target }) => target === '/metering/usage')
    .map(({ body }) => JSON.parse(body).request_id);
  expect(reported.sort()).toEqual(ids.sort());
  await daemon.stop();
});

test('behavior: what waits is sent at the end; what is lost then is counted in the log', async () => {
  const daemon = await start();
  meter.answer = () => ({ status: 503 });
  const { end } = await observed.call(daemon.endpoint);
  await daemon.waitForEvent('metering');
  const from = meter.requests.length;
  meter.answer = () => known;
  await daemon.stop();
  const sent = takeReports(from).filter(({ url }) => url === '/metering/usage');
  expect(sent.map(({ body }) => JSON.parse(body).request_id)).toEqual([end.fields['x-request-id']]);

  const other = await start();
  meter.answer = () => ({ status: 400 });
  await observed.call(other.endpoint);
  await expect
    .poll(() => other.lines.filter(({ dropped }) => dropped === 'refused').length)
    .toBe(2);
  await other.stop();
});

test('error: the metering service does not know the daemon', async () => {
  meter.answer = () => ({ status: 200, body: '{"data":"failed"}' });
  const run = await observed.network.failStart({ ...settings() });
  expect(run.code).toBe(2);
  expect(run.stderr).toContain(
    `The metering service does not know this daemon.
Place: metering_endpoint
Expected: 200 {"data":"success"}
Found: 200 {"data":"failed"}
Fix: Register the address of private_key_for_metering there, or set metering_enabled to false.`,
  );
});
