import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:http2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { frame } from '../harness/grpc-call.ts';
import { type PaidNetwork, startPaidNetwork } from '../harness/paid-network.ts';
import { createProvider } from '../harness/provider.ts';
import { startSnetd } from '../shell/start-snetd.ts';
import { until } from '../store/etcd/until.ts';
import { republishOrganization, republishService, withPrice } from './republish.ts';

const echo = '/text.v1.TextService/Echo';

let network: PaidNetwork;

beforeAll(async () => {
  network = await startPaidNetwork({ daemonConfig: { metadata_reload_interval: '200ms' } });
});

afterAll(() => network?.stop());

async function callFor(channelId: bigint, amount: bigint) {
  return network.call(echo, await network.pay({ channelId, amount }));
}

async function heartbeat(): Promise<Readonly<Record<string, unknown>>> {
  const answer = await fetch(`${network.devnet.endpoint}/heartbeat`);
  return (await answer.json()) as Record<string, unknown>;
}

/** A call with its request side open: it runs until that is closed. */
async function openCall(channelId: bigint, amount: bigint) {
  const session = connect(network.devnet.endpoint);
  await once(session, 'connect');
  const stream = session.request({
    ':method': 'POST',
    ':path': '/text.v1.TextService/Summarise',
    'content-type': 'application/grpc+proto',
    te: 'trailers',
    ...(await network.pay({ channelId, amount })),
  });
  stream.write(frame(new Uint8Array()));
  stream.resume();
  return {
    /** Resolves with the status of the call. */
    async finish(): Promise<number> {
      const trailers = once(stream, 'trailers');
      stream.end();
      const [fields] = await trailers;
      session.close();
      return Number(fields['grpc-status']);
    },
  };
}

test('default: a new price counts from the next call on; a call that runs keeps its own', async () => {
  const { devnet } = network;
  const { price } = devnet;
  const channelId = await network.openChannel();
  const running = await openCall(channelId, price);
  // Is only accepted above the other one: that one has begun.
  expect(await callFor(channelId, 2n * price)).toMatchObject({ status: 0 });
  await republishService(devnet, withPrice(3n * price));
  await until(async () => (await callFor(channelId, 5n * price)).status === 0);
  expect(await callFor(channelId, 6n * price)).toMatchObject({
    status: 16,
    message: `income ${price} does not equal to price ${3n * price}`,
  });
  expect(await running.finish()).toBe(0);
  const unclaimed = await createProvider(network).listUnclaimed();
  expect(unclaimed.find((one) => one.channelId === channelId)).toMatchObject({
    amount: 5n * price,
    actual: 5n * price,
  });
  expect(await heartbeat()).not.toHaveProperty('metadata');
  await republishService(devnet, withPrice(price));
  await until(async () => (await callFor(channelId, 6n * price)).status === 0);
});

test('behavior: a document for another escrow contract is refused, the old one goes on', async () => {
  const { devnet } = network;
  const { price } = devnet;
  const channelId = await network.openChannel();
  await republishService(devnet, (document, group) => ({
    ...withPrice(7n * price)(document, group),
    mpe_address: devnet.contracts.token,
  }));
  await until(async () => 'metadata' in (await heartbeat()));
  expect(await heartbeat()).toMatchObject({
    status: 'Online',
    metadata:
      'newly published metadata cannot be used, older ones go on counting: The service uses another escrow contract.',
  });
  expect(await callFor(channelId, price)).toMatchObject({ status: 0 });
  await republishService(devnet, (document, group) => ({
    ...withPrice(2n * price)(document, group),
    mpe_address: devnet.contracts.mpe,
  }));
  await until(async () => !('metadata' in (await heartbeat())));
  expect(await callFor(channelId, 3n * price)).toMatchObject({ status: 0 });
  await republishService(devnet, withPrice(price));
  await until(async () => (await callFor(channelId, 4n * price)).status === 0);
});

test('behavior: a new threshold counts; a new recipient needs a new start', async () => {
  const { devnet } = network;
  const { price } = devnet;
  const channelId = await network.openChannel({ lifetime: 1_000n });
  expect(await callFor(channelId, price)).toMatchObject({ status: 0 });
  await republishOrganization(devnet, { payment_expiration_threshold: 5_000 });
  await until(async () => {
    const { message } = await callFor(channelId, 2n * price);
    return message.startsWith('payment channel is near to be expired');
  });
  await republishOrganization(devnet, {
    payment_expiration_threshold: 100,
    payment_address: devnet.accounts.client.address,
  });
  await until(async () => 'metadata' in (await heartbeat()));
  expect(await heartbeat()).toMatchObject({
    metadata:
      'newly published metadata cannot be used, older ones go on counting: payment_address changed: start the daemon again',
  });
  expect((await callFor(channelId, 2n * price)).message).toMatch(/^payment channel is near/);
  await republishOrganization(devnet, { payment_address: devnet.accounts.provider.address });
  await until(async () => !('metadata' in (await heartbeat())));
  const { amount } = await network.getState(channelId);
  expect(await callFor(channelId, amount + price)).toMatchObject({ status: 0 });
});

test('behavior: SIGHUP looks at once; the log says what counts now', async () => {
  const { devnet } = network;
  const directory = await mkdtemp(join(tmpdir(), 'snetd-reload-'));
  const daemon = await startSnetd({
    directory,
    config: {
      ...devnet.daemonConfig,
      daemon_endpoint: '127.0.0.1:0',
      payment_channel_storage_path: join(directory, 'storage'),
      metadata_reload_interval: '0s',
    },
  });
  try {
    const serviceUri = await republishService(devnet, withPrice(9n));
    daemon.child.kill('SIGHUP');
    expect(await daemon.waitForEvent('metadata')).toMatchObject({ serviceUri, prices: '9' });
  } finally {
    await daemon.stop();
    await rm(directory, { recursive: true, force: true });
  }
});
