import { join } from 'node:path';
import { type Etcd, startEtcd } from '@snetkit/etcd';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openPayingChannel, type PayingChannel } from '../harness/paying-channel.ts';
import { readCounters } from '../harness/read-counters.ts';
import type { StartedSnetd } from '../shell/start-snetd.ts';
import { startTestNetwork, type TestNetwork } from '../shell/start-test-network.ts';

const soon = { timeout: 30_000, interval: 50 };

let etcd: Etcd;
let network: TestNetwork;

beforeAll(async () => {
  [etcd, network] = await Promise.all([startEtcd(), startTestNetwork()]);
});

afterAll(async () => {
  await network?.stop();
  await etcd?.stop();
});

async function waitForReplicas(daemon: StartedSnetd, count: number): Promise<void> {
  const { url } = await daemon.waitForEvent('metrics');
  const look = async () => (await readCounters(String(url))).get('snetd_replicas');
  await vi.waitFor(async () => expect(await look()).toBe(count), soon);
}

/** Calls until one is refused for coming too often; how many were served. */
async function useUp(channel: PayingChannel, { endpoint }: StartedSnetd): Promise<number> {
  for (let served = 0; ; served++) {
    const { status, message } = await channel.pay(endpoint);
    if (status === 8) return served;
    if (status !== 0 || served > 20) throw new Error(`${status} ${message}`);
  }
}

const stores = {
  etcd: () => ({
    payment_channel_storage_type: 'etcd',
    payment_channel_storage_client: { endpoints: [...etcd.endpoints] },
    payment_channel_storage_lease: '2s',
  }),
  sqlite: () => ({ payment_channel_storage_path: join(network.directory, 'shared') }),
};

test.each([
  ['default: replicas on one etcd', stores.etcd],
  ['behavior: processes on one directory', stores.sqlite],
])(
  '%s let through together what the limit allows',
  async (_, storage) => {
    const config = {
      ...storage(),
      metrics_endpoint: '127.0.0.1:0',
      rate_limit_per_minute: 0.001,
      burst_size: 6,
    };
    const start = () => network.start(config);
    const [one, two] = await Promise.all([start(), start()]);
    await Promise.all([waitForReplicas(one, 2), waitForReplicas(two, 2)]);
    const channel = await openPayingChannel(network.devnet);
    expect(await useUp(channel, one)).toBe(3);
    expect(await useUp(channel, two)).toBe(3);

    // One that is gone leaves its part of the rate behind, but fills nothing up.
    two.child.kill('SIGKILL');
    await two.exited;
    await waitForReplicas(one, 1);
    expect(await useUp(channel, one)).toBe(0);

    // One that comes takes its part.
    const three = await start();
    await Promise.all([waitForReplicas(one, 2), waitForReplicas(three, 2)]);
    expect(await useUp(channel, three)).toBe(3);
    expect(await useUp(channel, one)).toBe(0);
  },
  120_000,
);
