import { privateKeySigner } from '@snetkit/contracts';
import { deriveTestAccount } from '@snetkit/devnet';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { askChannelState } from '../harness/ask-channel-state.ts';
import { mine } from '../harness/mine.ts';
import { createOperator } from '../harness/operator.ts';
import { openPayingChannel } from '../harness/paying-channel.ts';
import { readCounters } from '../harness/read-counters.ts';
import type { StartedSnetd } from '../shell/start-snetd.ts';
import { callDetect, startTestNetwork, type TestNetwork } from '../shell/start-test-network.ts';

const limited = { status: 8, message: 'rate limiting , too many requests to handle' };
const forgedStatus = { status: 16, message: 'payment signature is not valid' };
const account = deriveTestAccount(8);

let network: TestNetwork;

beforeAll(async () => {
  network = await startTestNetwork();
});

afterAll(() => network?.stop());

async function countersOf(daemon: StartedSnetd): Promise<ReadonlyMap<string, number>> {
  const { url } = await daemon.waitForEvent('metrics');
  return readCounters(String(url));
}

async function amountOf({ endpoint }: StartedSnetd, channelId: bigint): Promise<bigint> {
  const { reply } = await askChannelState(network.devnet, { endpoint, channelId });
  return BigInt(`0x0${Buffer.from(reply?.currentSignedAmount ?? []).toString('hex')}`);
}

test('default: what is refused costs nothing, and a stop goes before it', async () => {
  const daemon = await network.start({
    rate_limit_per_minute: 0.001,
    burst_size: 2,
    metrics_endpoint: '127.0.0.1:0',
    authentication_addresses: [account.address],
    block_poll_interval: '50ms',
  });
  const { price, rpcUrl } = network.devnet;
  const channel = await openPayingChannel(network.devnet);
  expect(await channel.pay(daemon.endpoint)).toMatchObject({ status: 0 });
  expect(await channel.pay(daemon.endpoint)).toMatchObject({ status: 0 });
  const before = await countersOf(daemon);
  for (let at = 0; at < 5; at++) expect(await channel.pay(daemon.endpoint)).toEqual(limited);
  const after = await countersOf(daemon);
  expect(after.get('snetd_limited_total{limit="service"}')).toBe(5);
  const names = ['signature_recoveries', 'store_reads', 'call_commits'];
  for (const name of names.map((one) => `snetd_${one}_total`)) {
    expect([name, after.get(name)]).toEqual([name, before.get(name)]);
  }
  expect(await amountOf(daemon, channel.channelId)).toBe(2n * price);

  const { endpoint } = daemon;
  const operator = createOperator({
    endpoint,
    rpcUrl,
    signer: privateKeySigner(account.privateKey),
  });
  await operator.stop();
  expect(await channel.pay(endpoint)).toMatchObject({ status: 14 });
  await mine(rpcUrl, 1);
  await operator.start();
  expect(await channel.pay(endpoint)).toEqual(limited);
}, 120_000);

test('behavior: forged payments use up nothing, of the payer whom they name or of the service', async () => {
  const daemon = await network.start({
    rate_limit_per_minute: 0.001,
    burst_size: 3,
    payer_rate_limit_per_minute: 0.001,
    payer_burst_size: 2,
    metrics_endpoint: '127.0.0.1:0',
  });
  const { price } = network.devnet;
  const [channel, other] = [
    await openPayingChannel(network.devnet),
    await openPayingChannel(network.devnet),
  ];
  const forged = (await channel.sign()) as Record<string, string>;
  forged['snet-payment-channel-signature-bin'] = Buffer.alloc(65, 7).toString('base64');
  for (let at = 0; at < 10; at++) {
    expect(await callDetect(daemon.endpoint, forged)).toMatchObject(forgedStatus);
  }
  expect(await channel.pay(daemon.endpoint)).toMatchObject({ status: 0 });
  // Two channels of one payer are one payer.
  expect(await other.pay(daemon.endpoint)).toMatchObject({ status: 0 });
  expect(await other.pay(daemon.endpoint)).toEqual(limited);
  expect(await channel.pay(daemon.endpoint)).toEqual(limited);
  expect((await countersOf(daemon)).get('snetd_limited_total{limit="payer"}')).toBe(2);
  expect(await amountOf(daemon, channel.channelId)).toBe(price);
  expect(await amountOf(daemon, other.channelId)).toBe(price);
}, 120_000);

test('behavior: a limit that its burst makes none of is told of', async () => {
  const daemon = await network.start({ rate_limit_per_minute: 1 });
  expect(await daemon.waitForEvent('limits')).toMatchObject({
    msg: 'rate_limit_per_minute limits nothing while burst_size has its default: set burst_size to the number of calls that may come at once',
  });
  await daemon.stop();
}, 60_000);
