import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createSecureServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callOnce, textOf } from '../harness/call-once.ts';
import { openPayingChannel } from '../harness/paying-channel.ts';
import { readCounters } from '../harness/read-counters.ts';
import {
  type ConfigChange,
  startTestNetwork,
  type TestNetwork,
} from '../shell/start-test-network.ts';
import { encodeMessage } from '../transport/messages.ts';
import { startRawService } from '../transport/raw-service.ts';
import { echoProtos, pathOf } from './echo-service.ts';

const file = (name: string) =>
  fileURLToPath(new URL(`../transport/fixtures/${name}`, import.meta.url));
const [certFile, keyFile] = [file('localhost-cert.pem'), file('localhost-key.pem')];

let network: TestNetwork;

beforeAll(async () => {
  network = await startTestNetwork({ service: false, protos: echoProtos });
});
afterAll(() => network?.stop());

/** A daemon with a channel of its own, and a way to pay one call after the other. */
async function start(change: ConfigChange) {
  const daemon = await network.start(change);
  const channel = await openPayingChannel(network.devnet);
  let calls = 0n;
  return {
    daemon,
    channel,
    async pay(message = '') {
      const headers = await channel.sign(network.devnet.price * ++calls);
      const answer = await callOnce(daemon.endpoint, pathOf.unary, headers, Buffer.from(message));
      return { headers, text: `${textOf(answer)}${answer.messages.join()}` };
    },
  };
}

const startNamed = (name: string) =>
  startRawService(async (call) => {
    call.read();
    while ((await call.requests.nextBytes()) !== undefined);
    call.send(name);
    call.end();
  });

test('behavior: passthrough_enabled false gives each call back, paid', async () => {
  const { daemon, pay } = await start({ passthrough_enabled: false });
  expect((await pay('mirror')).text).toBe('0 mirror');
  const heartbeat = await fetch(`${daemon.endpoint}/heartbeat`);
  expect(await heartbeat.json()).toMatchObject({ status: 'Online' });
});

test('behavior: several addresses share the calls, and one that is gone is no outage', async () => {
  const one = await startNamed('one');
  await using two = await startNamed('two');
  const { daemon, pay } = await start({
    service_endpoints: [{ endpoint: one.endpoint, weight: 2 }, two.endpoint],
    service_health_check_interval: '100ms',
    metrics_endpoint: '127.0.0.1:0',
  });
  const answers = [await pay(), await pay(), await pay()].map(({ text }) => text);
  expect(answers.sort()).toEqual(['0 one', '0 one', '0 two']);
  await one.stop();
  const { text } = await pay();
  // It was on its way to the one that ended, or it was not; it is not sent twice.
  expect(['0 two', expect.stringMatching(/^14 /)]).toContainEqual(text);
  await daemon.waitForEvent('backend');
  const { url } = (await daemon.waitForEvent('metrics')) as unknown as { url: string };
  const counters = await readCounters(url);
  const hosts = [one, two].map(({ port }) => `snetd_backend_up{backend="127.0.0.1:${port}"}`);
  expect(hosts.map((name) => counters.get(name))).toEqual([0, 1]);
  const heartbeat = await fetch(`${daemon.endpoint}/heartbeat`);
  expect(await heartbeat.json()).toMatchObject({ status: 'Online' });
});

test('behavior: a service that wants to know who the daemon is', async () => {
  const [cert, key] = [readFileSync(certFile, 'utf8'), readFileSync(keyFile, 'utf8')];
  const server = createSecureServer({ cert, key, ca: cert, requestCert: true });
  server.on('stream', (stream) => {
    const socket = stream.session?.socket as TLSSocket;
    stream.respond({ 'content-type': 'application/grpc' }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
    stream.end(encodeMessage(`authorized: ${socket.authorized}`));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { pay } = await start({
    service_endpoint: `https://localhost:${(server.address() as AddressInfo).port}`,
    service_ca_path: certFile,
    service_cert_path: certFile,
    service_key_path: keyFile,
  });
  expect((await pay()).text).toBe('0 authorized: true');
  server.close();
});

test('behavior: payments are shown to the service when it is asked for', async () => {
  await using service = await startRawService();
  const { pay } = await start({
    service_endpoint: service.endpoint,
    forward_payment_metadata: true,
  });
  const paid = pay();
  const call = await service.next();
  call.read().send('seen');
  call.end();
  const { headers, text } = await paid;
  expect(text).toBe('0 seen');
  const name = 'snet-payment-channel-signature-bin';
  expect(call.headers[name]).toBe(headers[name]);
  expect(call.headers['snet-user-address']).toBe(network.devnet.accounts.client.address);
});

test('error: files and rules that do not fit end the start with one line of where and why', async () => {
  const { code, printed } = await failing({ service_ca_path: '/nowhere/ca.pem' });
  expect(code).toBe(2);
  expect(printed).toContain('The file of service_ca_path cannot be read.');
  const pair = await failing({ service_cert_path: certFile });
  expect(pair.code).toBe(2);
  expect(pair.printed).toContain('The setting service_key_path does not fit: ');
  const credential = await failing({
    service_credentials: [{ key: 'k', value: 42, location: 'header' }],
  });
  expect(credential.code).toBe(2);
  expect(credential.printed).toContain('found a value that is not shown');
});

async function failing(change: ConfigChange) {
  const { code, stderr } = await network.failStart(change);
  return { code, printed: stderr };
}
