import { type Etcd, startEtcd } from '@snetkit/etcd';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runSnetd } from '../../shell/run-snetd.ts';
import { type Replicas, startReplicas } from './start-replicas.ts';
import { until } from './until.ts';

let etcd: Etcd;
let replicas: Replicas;

beforeAll(async () => {
  etcd = await startEtcd();
  replicas = await startReplicas({
    payment_channel_storage_type: 'etcd',
    payment_channel_storage_client: { endpoints: [...etcd.endpoints], request_timeout: '2s' },
    payment_channel_storage_lease: '60s',
  });
});

afterAll(async () => {
  await replicas?.stop();
  await etcd?.stop();
});

test('default: two replicas on one etcd serve a channel in turn as one daemon would', async () => {
  const { network } = replicas;
  const [one, other] = await Promise.all([replicas.start(), replicas.start()]);
  const channelId = await network.openChannel();
  const { price } = network.devnet;
  let amount = 0n;
  for (const replica of [one, other, other, one, other, one, one, other]) {
    amount += price;
    expect(await replicas.pay(replica, { channelId, amount })).toBe(0);
  }
  // Neither takes what the other has taken.
  expect(await replicas.pay(one, { channelId, amount })).not.toBe(0);
  expect(await replicas.pay(other, { channelId, amount: amount - price })).not.toBe(0);

  // The channel belongs to nobody: killed, the one leaves it to the other at once.
  one.child.kill('SIGKILL');
  amount += price;
  const killed = performance.now();
  expect(await replicas.pay(other, { channelId, amount })).toBe(0);
  // Less than the lease, so nothing can have waited for it.
  expect(performance.now() - killed).toBeLessThan(60_000);
  await other.stop();
}, 240_000);

test('behavior: list channels reads etcd', async () => {
  const { network } = replicas;
  const { price } = network.devnet;
  const replica = await replicas.start();
  const channelId = await network.openChannel();
  expect(await replicas.pay(replica, { channelId, amount: price })).toBe(0);
  await replica.stop();
  const env = replicas.environment();
  const { code, stdout, stderr } = await runSnetd(['list', 'channels'], { env });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain(`${channelId}: {ChannelID: ${channelId}, Nonce: 0, State: Open`);
  expect(stdout).toContain(`AuthorizedAmount: ${price}`);
}, 240_000);

test('behavior: while etcd is away no call is served, and afterwards the channel is as it was', async () => {
  const { network } = replicas;
  const [member] = etcd.members;
  const replica = await replicas.start();
  const channelId = await network.openChannel();
  const { price } = network.devnet;
  expect(await replicas.pay(replica, { channelId, amount: price })).toBe(0);
  await member?.kill('SIGKILL');
  expect(await replicas.pay(replica, { channelId, amount: 2n * price })).toBe(13);
  await member?.restart();
  // Not charged: the same payment is an ordinary one, as soon as the replica has made sure of that.
  let statuses: unknown[] = [];
  await until(async () => {
    const status = await replicas.pay(replica, { channelId, amount: 2n * price });
    statuses.push(status);
    return status === 0;
  });
  statuses = statuses.slice(0, -1);
  // Until then the payment is in progress, or the store is not there yet.
  for (const status of statuses) expect([9, 13]).toContain(status);
  expect(await replicas.pay(replica, { channelId, amount: 3n * price })).toBe(0);
  await replica.stop();
}, 240_000);
