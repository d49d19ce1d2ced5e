import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort } from '@snetkit/devnet';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Balancer } from './support/balancer.ts';
import { readExample } from './support/example.ts';
import { fromFrames, textRequest, toFrame } from './support/frames.ts';
import { startLanes } from './support/lanes.ts';
import { makeCertificate, type TestCertificate } from './support/make-certificate.ts';
import { startHaproxy } from './support/start-haproxy.ts';
import { startNginx } from './support/start-nginx.ts';
import { type Replicas, startReplicas } from './support/start-replicas.ts';
import { createWallet, type Wallet } from './support/wallet.ts';
import { connectWire } from './support/wire-client.ts';

const detect = '/text.v1.TextService/Detect';
const chat = '/text.v1.TextService/Chat';

let replicas: Replicas;
let wallet: Wallet;
let certificate: TestCertificate;
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'snetd-balancer-'));
  certificate = await makeCertificate(directory);
  // How the published daemons stop is what the published balancers must live with.
  const { stop_delay, stop_grace_period } = JSON.parse(
    await readExample('clustered/snetd.config.json'),
  );
  replicas = await startReplicas({
    ...{ stop_delay, stop_grace_period },
    trusted_proxies: ['127.0.0.1'],
  });
  wallet = createWallet(replicas.devnet);
});

afterAll(async () => {
  await replicas?.stop();
  await rm(directory, { recursive: true, force: true });
});

describe.each([
  ['nginx', startNginx],
  ['haproxy', startHaproxy],
])('%s', (_name, start) => {
  let balancer: Balancer;

  beforeAll(async () => {
    const port = await findFreePort();
    balancer = await start({ directory, port, hosts: replicas.hosts, certificate });
  });
  afterAll(() => balancer?.stop());

  test('default: paid calls and a paid stream, message by message', async () => {
    const channelId = await wallet.openChannel(10n);
    const client = await connectWire(balancer.endpoint, certificate.cert);
    try {
      for (const turn of [1, 2, 3, 4]) {
        const payment = await wallet.pay(channelId, turn);
        const answer = await client.call(detect, payment, textRequest('guten tag'));
        expect(answer).toMatchObject({ status: 0, messages: [expect.anything()] });
      }
      const call = client.open(chat, await wallet.pay(channelId, 5));
      // Each answer is there before the next question is sent: nobody holds messages back.
      for (const text of ['one', 'two', 'three']) {
        call.send(textRequest(text));
        expect((await call.next()).length).toBeGreaterThan(0);
      }
      call.end();
      expect(await call.done).toMatchObject({ status: 0 });
      expect(await wallet.countCharged(client, channelId)).toBe(5);
    } finally {
      client.close();
    }
  });

  test('behavior: gRPC-web over HTTP/1.1', async () => {
    const channelId = await wallet.openChannel(2n);
    const answer = await callWeb(balancer.endpoint, await wallet.pay(channelId, 1));
    expect(answer.statusCode).toBe(200);
    expect(fromFrames(answer.body)).toHaveLength(1);
    expect(answer.body.toString('latin1')).toContain('grpc-status: 0');
  });

  test('behavior: an unpaid call and the heartbeat come through', async () => {
    const client = await connectWire(balancer.endpoint, certificate.cert);
    try {
      const answer = await client.call(detect, {}, textRequest('guten tag'));
      expect(answer).toMatchObject({ status: 3, message: expect.stringContaining('payment') });
    } finally {
      client.close();
    }
    const heartbeat = await get(`${balancer.endpoint}/heartbeat`);
    expect(JSON.parse(heartbeat.body.toString())).toMatchObject({ status: 'Online' });
  });

  test('behavior: a daemon that is told to stop under calls costs nobody a call', async () => {
    const [first] = replicas.daemons;
    const result = await callWhile(balancer, async () => {
      first.kill('SIGTERM');
      expect(await first.exited).toEqual({ code: 0, signal: null });
    });
    await first.restart();
    await expectCharged(result.served);
  });

  test('behavior: a daemon that is killed under calls leaves nothing charged and unserved', async () => {
    const [, second] = replicas.daemons;
    const result = await callWhile(balancer, async () => {
      second.kill('SIGKILL');
      await second.exited;
    });
    await second.restart();
    await expectCharged(result.served);
  });
});

/** Eight clients call before, while and after something happens. */
async function callWhile(balancer: Balancer, happen: () => Promise<void>) {
  const channels: bigint[] = [];
  for (let count = 0; count < 8; count += 1) channels.push(await wallet.openChannel(10_000n));
  const lanes = startLanes({
    endpoint: balancer.endpoint,
    ca: certificate.cert,
    wallet,
    channels,
  });
  await lanes.waitForCalls(40);
  await happen();
  await lanes.waitForCalls(40);
  return lanes.finish();
}

/** What is charged is what was served, by whichever daemon is asked. */
async function expectCharged(served: ReadonlyMap<bigint, number>): Promise<void> {
  for (const host of replicas.hosts) {
    const client = await connectWire(`http://${host}`);
    try {
      const charged = new Map<bigint, number>();
      for (const channelId of served.keys()) {
        charged.set(channelId, await wallet.countCharged(client, channelId));
      }
      expect(charged).toEqual(served);
    } finally {
      client.close();
    }
  }
}

interface HttpAnswer {
  readonly statusCode: number | undefined;
  readonly body: Buffer;
}

function callWeb(endpoint: string, payment: object): Promise<HttpAnswer> {
  const headers = { 'content-type': 'application/grpc-web+proto', 'x-grpc-web': '1', ...payment };
  return send(`${endpoint}${detect}`, 'POST', headers, toFrame(textRequest('guten tag')));
}

function get(url: string): Promise<HttpAnswer> {
  return send(url, 'GET', {}, undefined);
}

function send(
  url: string,
  method: string,
  headers: object,
  body: Uint8Array | undefined,
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const call = request(
      url,
      { method, headers: { ...headers }, ca: certificate.cert, agent: false, timeout: 20_000 },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk) => chunks.push(chunk));
        answer.on('end', () =>
          resolve({ statusCode: answer.statusCode, body: Buffer.concat(chunks) }),
        );
        answer.on('error', reject);
      },
    );
    call.on('error', reject);
    call.on('timeout', () => call.destroy(new Error('no answer')));
    call.end(body);
  });
}
