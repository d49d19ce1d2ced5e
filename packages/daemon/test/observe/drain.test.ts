import { once } from 'node:events';
import { bytesToBigint, packClaimMessage, recoverSigner } from '@snetkit/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { askChannelState } from '../harness/ask-channel-state.ts';
import { connectRaw } from '../harness/grpc-call.ts';
import { openPayingChannel, type PayingChannel } from '../harness/paying-channel.ts';
import type { StartedSnetd } from '../shell/start-snetd.ts';
import { startTestNetwork, type TestNetwork } from '../shell/start-test-network.ts';
import { type ClientCall, connectRawClient, type RawClient } from '../transport/raw-client.ts';
import { type RawService, type ServedCall, startRawService } from '../transport/raw-service.ts';

const path = '/text.v1.TextService/Detect';
const streams = 200;
const channels = 4;

let network: TestNetwork;
let service: RawService;

beforeAll(async () => {
  network = await startTestNetwork({ service: false });
  service = await startRawService();
});

afterAll(async () => {
  await service?.stop();
  await network?.stop();
});

function start(change: Readonly<Record<string, unknown>>): Promise<StartedSnetd> {
  return network.start({ service_endpoint: service.endpoint, ...change });
}

/** Opens a paid stream and waits until its first message has come: it is charged from then on. */
async function openStream(
  client: RawClient,
  channel: PayingChannel,
  amount: bigint,
): Promise<{ call: ClientCall; served: ServedCall }> {
  const call = client.call(path, await channel.sign(amount));
  call.send('hello');
  const served = (await service.next()).read();
  served.send('first');
  expect(await call.responses.next()).toBe('first');
  return { call, served };
}

test(`behavior: SIGTERM during ${streams} open paid streams loses none, and each is charged once`, {
  timeout: 180_000,
}, async () => {
  const { devnet, directory } = network;
  const { price } = devnet;
  const store = { payment_channel_storage_path: `${directory}/drained` };
  const daemon = await start({ ...store, stop_grace_period: '2m', stop_delay: '300ms' });
  const payers = await Promise.all(
    Array.from({ length: channels }, () => openPayingChannel(devnet, { calls: 1_000n })),
  );
  const clients = await Promise.all(payers.map(() => connectRawClient(daemon.endpoint)));
  const open: { call: ClientCall; served: ServedCall }[] = [];
  for (let index = 0; index < streams; index += 1) {
    const [client, payer] = [clients[index % channels], payers[index % channels]];
    if (client === undefined || payer === undefined) throw new Error('no client');
    const amount = price * BigInt(Math.floor(index / channels) + 1);
    open.push(await openStream(client, payer, amount));
  }
  const first = clients[0] as RawClient;
  const goaway = once(first.session, 'goaway');

  daemon.child.kill('SIGTERM');
  await daemon.waitForEvent('stopping');
  // Not ready any more, and still answering who asks.
  expect(await (await fetch(`${daemon.endpoint}/readyz`)).text()).toBe(
    'not ready: the daemon is stopping\n',
  );
  expect((await goaway)[0]).toBe(0);
  await expect.poll(() => connectRawClient(daemon.endpoint).catch(String)).toMatch('ECONNREFUSED');
  // Both directions go on after the GOAWAY.
  for (const { call, served } of open) {
    call.send('more');
    expect(await served.requests.next()).toBe('hello');
    expect(await served.requests.next()).toBe('more');
    served.send('second');
    served.end();
  }
  for (const { call } of open) {
    expect(await call.responses.next()).toBe('second');
    expect(await call.ended).toMatchObject({ status: '0', isTrailer: true });
    call.end();
  }
  expect(await daemon.exited).toBe(0);
  expect(daemon.lines.at(-1)).toMatchObject({ event: 'stopped', msg: 'Stopped' });
  expect(daemon.stderr()).toBe('');

  // What the provider can claim now, as the next daemon on the same store tells it.
  const next = await start(store);
  for (const { channelId } of payers) {
    const { reply } = await askChannelState(devnet, { endpoint: next.endpoint, channelId });
    if (reply === undefined) throw new Error('no state');
    const amount = bytesToBigint(reply.currentSignedAmount);
    expect(amount).toBe(price * BigInt(streams / channels));
    // All settled: nothing is left in doubt, nothing was taken back.
    expect(reply.entries).toEqual([]);
    const { mpe } = devnet.contracts;
    const message = packClaimMessage({ mpe, channelId, nonce: 0n, amount });
    expect(recoverSigner({ message, signature: reply.currentSignature })).toBe(
      devnet.accounts.client.address,
    );
  }
  await next.stop();
});

test('behavior: what runs longer than stop_grace_period is cut and counted, and the exit code says so', async () => {
  const daemon = await start({ stop_grace_period: '300ms' });
  const payer = await openPayingChannel(network.devnet);
  await using client = await connectRawClient(daemon.endpoint);
  const { price } = network.devnet;
  const [one, two] = [
    await openStream(client, payer, price),
    await openStream(client, payer, price * 2n),
  ];
  daemon.child.kill('SIGTERM');
  expect((await one.call.ended).status).toBeUndefined();
  expect((await two.call.ended).status).toBeUndefined();
  expect(await daemon.exited).toBe(1);
  expect(daemon.lines.at(-1)).toMatchObject({
    event: 'stopped',
    cutCalls: 2,
    msg: 'Stopped; 2 calls were cut, because they ran longer than stop_grace_period',
  });
});

test('behavior: a second signal ends it at once', async () => {
  const daemon = await start({ stop_grace_period: '10m' });
  const payer = await openPayingChannel(network.devnet);
  await using client = await connectRawClient(daemon.endpoint);
  await openStream(client, payer, network.devnet.price);
  daemon.child.kill('SIGTERM');
  await daemon.waitForEvent('stopping');
  daemon.child.kill('SIGTERM');
  expect(await daemon.exited).toBe(1);
  expect(daemon.lines.at(-1)).toMatchObject({ event: 'stopping' });
});

test('behavior: readiness and life are told to balancers over HTTP', async () => {
  const daemon = await start({});
  const ask = async (name: string) => {
    const answer = await fetch(`${daemon.endpoint}/${name}`);
    return `${answer.status} ${await answer.text()}`;
  };
  expect(await ask('readyz')).toBe('200 ready\n');
  expect(await ask('livez')).toBe('200 alive\n');
  const raw = await connectRaw(daemon.endpoint);
  const check = await raw.call('/grpc.health.v1.Health/Check', {}, new Uint8Array());
  expect(check.messages).toEqual([Buffer.from([8, 1])]);
  await raw.close();
  await daemon.stop();
});
